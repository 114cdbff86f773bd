namespace GreenAI.Metering;

/// <summary>A ledger cannot be reached or written. What was reported is reported again: nothing is lost by it.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">What found it.</param>
    public LedgerUnavailableException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
