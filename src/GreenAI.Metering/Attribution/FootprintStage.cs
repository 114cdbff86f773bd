namespace GreenAI.Metering;

/// <summary>How far the billing of an inference has come.</summary>
public enum FootprintStage : byte
{
    /// <summary>There is no footprint: the scope was a default one, was completed before, or could not be tracked.</summary>
    None = 0,

    /// <summary>Estimated at completion from learned watts and duration; its last interval has not closed yet.</summary>
    Provisional = 1,

    /// <summary>Every device has closed the interval in which the inference ended: this is the bill.</summary>
    Final = 2,
}
