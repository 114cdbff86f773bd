namespace GreenAI.Metering;

/// <summary>Text that NVML wrote into a buffer. It ends up in logs and metric attributes, so it is taken as hostile.</summary>
internal static class NvmlText
{
    /// <summary>The buffer NVML calls for text get; the longest UUID and name of NVML 13 fit.</summary>
    public const int Capacity = 96;

    /// <summary>
    /// The text up to its terminator or the end of the buffer, at most <see cref="Capacity"/> characters; each byte that is
    /// not printable ASCII becomes <c>?</c>; spaces around are dropped.
    /// </summary>
    public static string FromNative(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > Capacity) buffer = buffer[..Capacity];
        int end = buffer.IndexOf((byte)0);
        if (end >= 0) buffer = buffer[..end];
        Span<char> text = stackalloc char[Capacity];
        for (int i = 0; i < buffer.Length; i++)
        {
            text[i] = buffer[i] is >= 0x20 and < 0x7F ? (char)buffer[i] : '?';
        }

        return text[..buffer.Length].Trim().ToString();
    }

    /// <summary>Text of a person, an environment variable for example, made fit for a log by the same rules.</summary>
    public static string FromUser(string text)
    {
        Span<byte> bytes = stackalloc byte[Capacity];
        int length = Math.Min(text.Length, Capacity);
        for (int i = 0; i < length; i++) bytes[i] = text[i] is >= ' ' and < (char)0x7F ? (byte)text[i] : (byte)'?';
        return FromNative(bytes[..length]);
    }
}
