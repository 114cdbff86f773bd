namespace GreenAI.Metering;

/// <summary>Why a reading failed.</summary>
public enum SampleFault : byte
{
    /// <summary>It did not fail.</summary>
    None = 0,

    /// <summary>The source gave no reading for the device.</summary>
    Missing,

    /// <summary>Reading needs a right the process does not have.</summary>
    NoPermission,

    /// <summary>The device or its file has vanished.</summary>
    Gone,

    /// <summary>The operating system or the driver reported an error.</summary>
    InputOutput,

    /// <summary>The bytes read are not a number the interface can give.</summary>
    Malformed,

    /// <summary>The device works but has no data at the moment.</summary>
    NoData,

    /// <summary>The device has no such reading and never will.</summary>
    NotSupported,

    /// <summary>The device has fallen off its bus or must be reset.</summary>
    Lost,

    /// <summary>The source threw an exception.</summary>
    Exception,
}
