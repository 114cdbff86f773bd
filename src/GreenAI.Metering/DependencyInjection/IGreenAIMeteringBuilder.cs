using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds to the metering of a host. Returned by <c>AddGreenAIMetering</c>.</summary>
public interface IGreenAIMeteringBuilder
{
    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Registers a model, so that it appears in the metrics before its first inference.</summary>
    /// <param name="name">The model's name.</param>
    IGreenAIMeteringBuilder AddModel(string name);

    /// <summary>Registers a model with what is known of it: the devices it uses, its power relative to others.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="configure">Sets what is known; it adds to what the configuration says of the model.</param>
    IGreenAIMeteringBuilder AddModel(string name, Action<ModelOptions> configure);

    /// <summary>Adds a power source of the application, metered beside those that detection finds; once however often it is called.</summary>
    /// <typeparam name="TSource">A source made by the host's container, which disposes it.</typeparam>
    IGreenAIMeteringBuilder AddSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, IPowerSource;

    /// <summary>Adds a power source of the application, metered beside those that detection finds.</summary>
    /// <param name="factory">Makes the source, which the host's container disposes.</param>
    IGreenAIMeteringBuilder AddSource(Func<IServiceProvider, IPowerSource> factory);

    /// <summary>Takes the policy from a file, which is looked at again while the host runs. Instead of <see cref="BudgetOptions.PolicyFile"/>.</summary>
    /// <param name="path">The file; a relative path is from the current directory.</param>
    /// <remarks>A policy that cannot be in force ends the start of the host with path, line and reason; later such a file is logged and the old policy stays.</remarks>
    IGreenAIMeteringBuilder AddPolicyFile(string path);

    /// <summary>Takes the policy from a section of the configuration, which is looked at again while the host runs.</summary>
    /// <param name="section">The section, such as <c>GreenAI:Policy</c>.</param>
    IGreenAIMeteringBuilder AddPolicy(IConfigurationSection section);

    /// <summary>Takes a policy that was made in code.</summary>
    /// <param name="policy">The policy.</param>
    IGreenAIMeteringBuilder AddPolicy(BudgetPolicy policy);

    /// <summary>Adds an observer of budgets; once however often it is called.</summary>
    /// <typeparam name="TObserver">An observer made by the host's container.</typeparam>
    IGreenAIMeteringBuilder AddBudgetObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, IBudgetObserver;

    /// <summary>Adds an observer of final footprints; once however often it is called.</summary>
    /// <typeparam name="TObserver">An observer made by the host's container.</typeparam>
    IGreenAIMeteringBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, IInferenceObserver;
}
