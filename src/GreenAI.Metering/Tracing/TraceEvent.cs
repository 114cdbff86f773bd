namespace GreenAI.Metering;

/// <summary>The first byte of each event of a trace.</summary>
/// <remarks>
/// With the highest bit it is what a close saw of one scope: bits 0–1 how (<see cref="Active"/> …), bit 2 for the first time,
/// bit 3 a segment number follows, bit 4 times of segments follow, bits 5–6 the usual outcomes. Else it is one of the others.
/// </remarks>
internal static class TraceEvent
{
    public const byte BeginClose = 1;
    public const byte Source = 2;
    public const byte Sample = 3;
    public const byte SourceThrew = 4;
    public const byte ProcessorTimes = 5;
    public const byte NoProcessorTimes = 6;
    public const byte Model = 7;
    public const byte Dropped = 8;
    public const byte EndClose = 9;

    public const byte Scope = 0x80;
    public const byte Active = 0;
    public const byte Suspended = 1;
    public const byte Done = 2;

    /// <summary>A request thread was changing it: it counts as in use and is not looked at.</summary>
    public const byte Changing = 3;

    public const byte StateMask = 0x03;
    public const byte First = 0x04;
    public const byte Segment = 0x08;
    public const byte Times = 0x10;
    public const int OutcomeShift = 5;
    public const byte OutcomeMask = 0x03;

    /// <summary>Outcome and units follow: they are not one unit of a success, or none of anything else.</summary>
    public const byte AnyOutcome = 3;

    /// <summary>Of a sample: which fields differ from the device's sample before.</summary>
    public const byte Microjoules = 1;
    public const byte Milliwatts = 2;
    public const byte Utilization = 4;
    public const byte Share = 8;
    public const byte Kind = 16;

    /// <summary>Of processor times: which are raw doubles instead of whole microseconds, and whether the count follows.</summary>
    public const byte RawOwn = 1;
    public const byte RawBusy = 2;
    public const byte Count = 4;

    /// <summary>The throttled seconds follow, raw.</summary>
    public const byte Throttled = 8;
}
