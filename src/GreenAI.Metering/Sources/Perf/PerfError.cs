namespace GreenAI.Metering;

/// <summary>The error numbers of Linux that opening and reading perf events gives (man 2 perf_event_open), and what they mean.</summary>
internal static class PerfError
{
    public const int None = 0;
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoDeviceOrAddress = 6;
    public const int TooBig = 7;
    public const int AccessDenied = 13;
    public const int NoDevice = 19;
    public const int Invalid = 22;
    public const int SystemFilesFull = 23;
    public const int ProcessFilesFull = 24;
    public const int NoSystemCall = 38;

    /// <summary>The kind of failed reading an error number makes.</summary>
    public static SampleFault Fault(int error) => error switch
    {
        None => SampleFault.None,
        NotPermitted or AccessDenied => SampleFault.NoPermission,
        NoEntry or NoDevice or NoDeviceOrAddress => SampleFault.Gone,
        _ => SampleFault.InputOutput,
    };
}
