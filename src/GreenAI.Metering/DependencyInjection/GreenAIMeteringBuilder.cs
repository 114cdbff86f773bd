using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIMeteringBuilder(IServiceCollection services) : IGreenAIMeteringBuilder
{
    public IServiceCollection Services => services;

    public IGreenAIMeteringBuilder AddModel(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        services.Configure<GreenAIMeteringOptions>(options =>
        {
            // A new list: the application may have set an array, or one list for several options.
            IList<string> models = options.Models ?? [];
            if (!models.Contains(name)) options.Models = [.. models, name];
        });
        return this;
    }

    public IGreenAIMeteringBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, IPowerSource
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPowerSource, TSource>());
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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInferenceObserver, TObserver>());
        return this;
    }
}
