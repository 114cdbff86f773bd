namespace GreenAI.Metering;

/// <summary>What an NVML return code asks of the caller.</summary>
internal enum NvmlReturnClass
{
    /// <summary>The call gave its value.</summary>
    Ok,

    /// <summary>This call will never work on this device: it is not made again.</summary>
    Unsupported,

    /// <summary>The process lacks a right; it may be given later.</summary>
    NoPermission,

    /// <summary>The device is off its bus, must be reset or is no longer listed: it is looked for again, slowly.</summary>
    Lost,

    /// <summary>The call works but has nothing to tell at the moment: ask again at the next reading.</summary>
    NoData,

    /// <summary>A passing trouble: ask again with a growing pause.</summary>
    Retry,

    /// <summary>The driver itself must be loaded or mended by a person.</summary>
    DriverFault,

    /// <summary>The handle or the NVML session is no longer valid: initialise and find the device again.</summary>
    StaleHandle,

    /// <summary>The caller's buffer is too small.</summary>
    BufferTooSmall,
}
