namespace GreenAI.Metering;

/// <summary>What the closer keeps of one scope on one device.</summary>
internal struct ScopeShare
{
    /// <summary>While running: the model's running sum minus what the scope has accrued. Otherwise: what it has accrued.</summary>
    public Accrual Accrual;

    /// <summary>While running: boundary minus active ticks counted so far. Otherwise: active ticks counted so far.</summary>
    public long Base;

    /// <summary>Active ticks in the interval that is closing; after billing: the bill in microjoules.</summary>
    public long Ticks;
}
