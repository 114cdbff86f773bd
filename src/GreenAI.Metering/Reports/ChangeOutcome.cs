namespace GreenAI.Metering;

/// <summary>What has become of an indicator between two reports.</summary>
public enum ChangeOutcome
{
    /// <summary>The same value.</summary>
    Same,

    /// <summary>A better one, by the indicator's direction.</summary>
    Better,

    /// <summary>A worse one.</summary>
    Worse,

    /// <summary>It had no value and has one now.</summary>
    BecameDefined,

    /// <summary>It had a value and has none any more.</summary>
    BecameUndefined,

    /// <summary>It had no value and has none.</summary>
    StillUndefined,

    /// <summary>Only the current report has it.</summary>
    Added,

    /// <summary>Only the baseline has it.</summary>
    Removed,

    /// <summary>The two values answer different questions; the reason says how.</summary>
    NotComparable,
}
