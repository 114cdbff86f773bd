namespace GreenAI.Metering;

/// <summary>Parses the text kernel files hold. Total: any bytes give a value or false, never an exception.</summary>
internal static class KernelText
{
    /// <summary>
    /// A non-negative decimal followed by exactly one newline at the end of the data, as <c>sysfs_emit("%llu\n")</c> prints it.
    /// Anything else (sign, spaces, carriage return, missing newline of a short read, over 63 bits) is refused.
    /// </summary>
    public static bool TryParseCounter(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length < 2 || text[^1] != (byte)'\n') return false;
        ReadOnlySpan<byte> digits = text[..^1];
        if (digits.Length > 19) return false;
        ulong sum = 0;
        foreach (byte c in digits)
        {
            uint digit = (uint)(c - '0');
            if (digit > 9) return false;
            sum = (sum * 10) + digit;
        }

        if (sum > long.MaxValue) return false;
        value = (long)sum;
        return true;
    }
}
