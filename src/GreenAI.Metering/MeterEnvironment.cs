using System.Diagnostics.Metrics;
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

    /// <summary>Processor times instead of the kernel's, for tests.</summary>
    internal IProcessorTimes? ProcessorTimes { get; init; }

    /// <summary>False: equal time shares, to compare with.</summary>
    internal bool LearnPower { get; init; } = true;
}
