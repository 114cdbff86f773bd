using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering;

/// <summary>Bills a recorded trace again: the same engine is shown what the recorded meter saw.</summary>
/// <remarks>
/// <para>
/// A trace (<see cref="MeterEnvironment.Trace"/>, <see cref="GreenAIMeteringOptions.TraceFile"/>) holds the readings of the
/// counters and the processor times, the times, model, outcome and units of each inference, the options that decide bills, and
/// the descriptions of the devices. It holds names of models; it holds nothing of what users sent or got.
/// </para>
/// <para>
/// With the library version and processor architecture it was recorded on, a replay gives the recorded bills bit for bit.
/// Replaying needs no device, publishes no metrics and takes memory like the recorded meter. Thread-safe.
/// </para>
/// </remarks>
public static class TraceReplay
{
    /// <summary>Replays a trace.</summary>
    /// <param name="trace">The trace, from its beginning; read to its end and left open.</param>
    /// <exception cref="TraceFormatException">
    /// The trace is damaged, cut short, of another version or no trace; the message tells the byte offset. A trace without its
    /// end (a process that was killed) is refused too.
    /// </exception>
    public static TraceReplayResult Run(Stream trace) => Run(trace, []);

    /// <summary>Replays a trace and tells observers its bills.</summary>
    /// <param name="trace">The trace, from its beginning; read to its end and left open.</param>
    /// <param name="observers">
    /// Told each final footprint, in the order of the recording, on this thread; what they throw ends the replay. When the trace
    /// is refused in the middle they have been told the bills up to there.
    /// </param>
    /// <inheritdoc cref="Run(Stream)"/>
    public static TraceReplayResult Run(Stream trace, IReadOnlyList<IInferenceObserver> observers)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(observers);
        var player = new TracePlayer(trace);
        var finals = new ReplayFinals(observers);
        if (!player.TryRead(null)) throw player.Fail("The trace holds no reading at all.", null);
        MeteringEngine engine = Guard(player, () => Begin(player, finals));
        // The first close, which made the engine, knows no scopes yet.
        Guard(player, () => player.RegisterModels(engine));
        EndClose(player, finals, engine);
        while (player.TryRead(engine))
        {
            player.RegisterModels(engine);
            Guard(player, () => Close(engine, player.Mode));
            EndClose(player, finals, engine);
        }

        return Guard(player, () => Result(player, finals, engine));
    }

    private static MeteringEngine Begin(TracePlayer player, ReplayFinals finals) => new EnergyMeter(new EngineParts
    {
        Options = player.Options,
        Sources = player.Sources,
        ProcessorTimes = new ReplayProcessorTimes(player),
        TimeProvider = player.Time,
        Logger = NullLogger.Instance,
        Finals = finals,
    }).Engine;

    private static void Close(MeteringEngine engine, CloseMode mode)
    {
        if (mode == CloseMode.Last) engine.Dispose();
        else engine.Close(mode);
    }

    private static void EndClose(TracePlayer player, ReplayFinals finals, MeteringEngine engine)
    {
        player.EndClose(engine);
        finals.Tell();
    }

    private static TraceReplayResult Result(TracePlayer player, ReplayFinals finals, MeteringEngine engine)
    {
        EnergyTotals totals = engine.Totals();
        // Asks for every sum: what a reader of the result would stumble over is found here.
        if (totals.Unaccounted != Energy.Zero) throw new ArithmeticException("The books do not balance.");
        bool complete = player.Ending == TraceEnding.Complete;
        return new TraceReplayResult(totals)
        {
            IsComplete = complete,
            MatchesRecording = complete ? TraceDigest.Of(totals) == player.Digest : null,
            Footprints = finals.Count,
            Closes = player.Closes,
        };
    }

    private static void Guard(TracePlayer player, Action action) => Guard(player, () =>
    {
        action();
        return true;
    });

    private static T Guard<T>(TracePlayer player, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is not (TraceFormatException or OutOfMemoryException))
        {
            // Everything the engine works on comes from the trace: where its arithmetic gives up, the trace is not one of a meter.
            throw player.Fail($"The recorded values are not those of a meter: {exception.Message}", exception);
        }
    }
}
