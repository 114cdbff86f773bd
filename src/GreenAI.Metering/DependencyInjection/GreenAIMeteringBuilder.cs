using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIMeteringBuilder(IServiceCollection services) : IGreenAIMeteringBuilder
{
    public IServiceCollection Services => services;

    public IGreenAIMeteringBuilder AddModel(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        services.Configure<GreenAIMeteringOptions>(options => options.Models.Add(name));
        return this;
    }

    public IGreenAIMeteringBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, IPowerSource
    {
        services.AddSingleton<IPowerSource, TSource>();
        return this;
    }

    public IGreenAIMeteringBuilder AddSource(Func<IServiceProvider, IPowerSource> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        services.AddSingleton(factory);
        return this;
    }

    public IGreenAIMeteringBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, IInferenceObserver
    {
        services.AddSingleton<IInferenceObserver, TObserver>();
        return this;
    }
}
