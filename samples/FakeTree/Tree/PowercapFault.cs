namespace GreenAI.Metering.Samples;

/// <summary>A way in which a zone's counter fails.</summary>
public enum PowercapFault
{
    /// <summary>A read gives no bytes: the nearest an ordinary file comes to EIO.</summary>
    Eio,

    /// <summary>The file holds text that is no number.</summary>
    Garbage,

    /// <summary>The zone's folder is gone, as after processor hotplug.</summary>
    Remove,

    /// <summary>Opening the file is refused, for root too.</summary>
    Unreadable,
}
