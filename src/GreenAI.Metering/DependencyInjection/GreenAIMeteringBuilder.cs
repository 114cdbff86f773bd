using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIMeteringBuilder(IServiceCollection services) : IGreenAIMeteringBuilder
{
    public IServiceCollection Services => services;

    public IGreenAIMeteringBuilder AddModel(string name) => AddModel(name, static _ => { });

    public IGreenAIMeteringBuilder AddModel(string name, Action<ModelOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure<GreenAIMeteringOptions>(options =>
        {
            // A new dictionary: the application may have set one for several options, or one that cannot grow.
            options.Models = new Dictionary<string, ModelOptions>(options.Models ?? new Dictionary<string, ModelOptions>(), StringComparer.Ordinal);
            if (!options.Models.TryGetValue(name, out ModelOptions? model) || model is null) options.Models[name] = model = new ModelOptions();
            configure(model);
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

    public IGreenAIMeteringBuilder AddPolicyFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        services.Configure<GreenAIMeteringOptions>(options => (options.Budgets ??= new BudgetOptions()).PolicyFile = path);
        return this;
    }

    public IGreenAIMeteringBuilder AddPolicy(IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddSingleton(new StatedPolicy(section, null));
        return this;
    }

    public IGreenAIMeteringBuilder AddPolicy(BudgetPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        services.AddSingleton(new StatedPolicy(null, policy));
        return this;
    }

    public IGreenAIMeteringBuilder AddBudgetObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, IBudgetObserver
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IBudgetObserver, TObserver>());
        return this;
    }

    public IGreenAIMeteringBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, IInferenceObserver
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInferenceObserver, TObserver>());
        return this;
    }
}
