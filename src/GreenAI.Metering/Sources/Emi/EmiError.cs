namespace GreenAI.Metering;

/// <summary>The error codes of Windows that opening and asking an energy meter gives, and what they mean.</summary>
internal static class EmiError
{
    public const int None = 0;
    public const int InvalidFunction = 1;
    public const int FileNotFound = 2;
    public const int PathNotFound = 3;
    public const int AccessDenied = 5;
    public const int InvalidHandle = 6;
    public const int InvalidData = 13;
    public const int NotReady = 21;
    public const int NotSupported = 50;
    public const int NoSuchDevice = 433;
    public const int DeviceNotConnected = 1167;

    /// <summary>The kind of failed reading an error code makes.</summary>
    public static SampleFault Fault(int error) => error switch
    {
        None => SampleFault.None,
        AccessDenied => SampleFault.NoPermission,
        FileNotFound or PathNotFound or InvalidHandle or NoSuchDevice or DeviceNotConnected => SampleFault.Gone,
        InvalidData => SampleFault.Malformed,
        NotReady => SampleFault.NoData,
        InvalidFunction or NotSupported => SampleFault.NotSupported,
        _ => SampleFault.InputOutput,
    };
}
