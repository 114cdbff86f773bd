using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>What a meter takes from its surroundings when it is made without dependency injection. Everything is optional.</summary>
public sealed class MeterEnvironment
{
    /// <summary>The clock.</summary>
    /// <value><see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where logs go.</summary>
    /// <value>Null: nowhere.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Makes the <c>System.Diagnostics.Metrics</c> meter of the instruments.</summary>
    /// <value>Null: a plain <see cref="Meter"/> of this energy meter's own.</value>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Sources to meter instead of those that detection would find; they are disposed with the meter.</summary>
    /// <value>Null: detection decides.</value>
    public IReadOnlyList<IPowerSource>? Sources { get; init; }

    /// <summary>Sources to meter beside those that detection finds; they are disposed with the meter.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<IPowerSource> AdditionalSources { get; init; } = [];

    /// <summary>Who is told final footprints.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<IInferenceObserver> Observers { get; init; } = [];

    /// <summary>
    /// Live sources of grid carbon intensity, the preferred one first. They come before what <see cref="CarbonOptions"/> states,
    /// which is what is fallen back to. Those that are disposable stay yours.
    /// </summary>
    /// <value>Empty.</value>
    public IReadOnlyList<ICarbonIntensityProvider> CarbonIntensity { get; init; } = [];

    /// <summary>A policy that was made in code. It comes from here, from <see cref="PolicySection"/>, or from <see cref="BudgetOptions.PolicyFile"/>.</summary>
    /// <value>Null.</value>
    public BudgetPolicy? Policy { get; init; }

    /// <summary>A section of the configuration that holds the policy; it is looked at again while the meter runs.</summary>
    /// <value>Null.</value>
    public IConfigurationSection? PolicySection { get; init; }

    /// <summary>Where the spend of budgets is kept; it stays yours.</summary>
    /// <value>Null: in memory.</value>
    public IBudgetLedger? Ledger { get; init; }

    /// <summary>Who is told what happens to budgets.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<IBudgetObserver> BudgetObservers { get; init; } = [];

    /// <summary>
    /// Receives a trace of everything that decides a bill, for <see cref="TraceReplay"/>: readings, times, model names; nothing
    /// of what a request holds. About 10 to 15 bytes an inference.
    /// </summary>
    /// <value>Null: nothing is recorded.</value>
    /// <remarks>
    /// Written on a thread of its own, flushed when the meter is disposed (which waits for it at most 5 s), and left open. A stream
    /// that fails, or falls 16 MB behind, ends the recording with a line in the log; metering goes on.
    /// </remarks>
    public Stream? Trace { get; init; }

    /// <summary>Processor times instead of the kernel's, for tests.</summary>
    internal IProcessorTimes? ProcessorTimes { get; init; }

    /// <summary>False: equal time shares, to compare with.</summary>
    internal bool LearnPower { get; init; } = true;
}
