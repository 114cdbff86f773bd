namespace GreenAI.Metering;

/// <summary>Parses the texts in which Linux tells processor time, numbers and limits. Total, as <see cref="KernelText"/> is.</summary>
internal static class ProcessorText
{
    /// <summary>More processors than any kernel can be built for (8,192 on x86-64).</summary>
    public const int MaxProcessors = 65_536;

    // 31 million processor-years in ticks of 10 ms: beyond it a number is damage, not a time.
    private const long MaxTicks = 100_000_000_000_000;

    /// <summary>
    /// Busy ticks of all processors from the first line of <c>/proc/stat</c>: <c>cpu user nice system idle iowait irq softirq
    /// steal guest guest_nice</c> (proc_stat(5)). Guests are inside user and nice; stolen time was not ours to burn.
    /// </summary>
    public static bool TryParseBusyTicks(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        int end = text.IndexOf((byte)'\n');
        if (end < 0 || !text.StartsWith("cpu "u8)) return false;
        ReadOnlySpan<byte> fields = text[4..end];
        long sum = 0;
        for (int field = 0; field < 7; field++)
        {
            if (!TryTakeNumber(ref fields, out long value) || value > MaxTicks) return false;
            bool idle = field is 3 or 4;
            if (!idle) sum += value;
        }

        if (sum > MaxTicks) return false;
        ticks = sum;
        return true;
    }

    /// <summary>The number of <c>cpuN</c> lines of <c>/proc/stat</c>: the online processors.</summary>
    public static int CountProcessorLines(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (text.IndexOf((byte)'\n') is >= 0 and int end && count < MaxProcessors)
        {
            if (end > 3 && text.StartsWith("cpu"u8) && char.IsAsciiDigit((char)text[3])) count++;
            text = text[(end + 1)..];
        }

        return count;
    }

    /// <summary>How many processors a list such as <c>0-3,8</c> names; the kernel prints it ascending and without overlap.</summary>
    public static bool TryParseListCount(ReadOnlySpan<byte> text, out int count) => TryParseList(text, [], out count);

    /// <summary>The processors a list names: as many as there is room for, and how many there are.</summary>
    public static bool TryParseList(ReadOnlySpan<byte> text, Span<int> processors, out int count)
    {
        count = 0;
        if (text.EndsWith("\n"u8)) text = text[..^1];
        int total = 0;
        long previous = -1;
        while (true)
        {
            int comma = text.IndexOf((byte)',');
            ReadOnlySpan<byte> range = comma < 0 ? text : text[..comma];
            int dash = range.IndexOf((byte)'-');
            if (!TryParseNumber(dash < 0 ? range : range[..dash], out long first)) return false;
            if (!TryParseNumber(range[(dash + 1)..], out long last)) return false;
            if (first <= previous || last < first || last >= MaxProcessors) return false;
            for (long processor = first; processor <= last && total + processor - first < processors.Length; processor++)
                processors[total + (int)(processor - first)] = (int)processor;
            total += (int)(last - first) + 1;
            previous = last;
            if (comma < 0) break;
            text = text[(comma + 1)..];
        }

        count = total;
        return true;
    }

    /// <summary>The value of a line <c>key value</c>, as in a control group's <c>cpu.stat</c>.</summary>
    public static bool TryFindValue(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, out long value)
    {
        while (text.IndexOf((byte)'\n') is >= 0 and int end)
        {
            ReadOnlySpan<byte> line = text[..end];
            if (line.StartsWith(key) && line.Length > key.Length && line[key.Length] == (byte)' ')
                return TryParseNumber(line[(key.Length + 1)..], out value);
            text = text[(end + 1)..];
        }

        value = 0;
        return false;
    }

    /// <summary>
    /// A control group's <c>cpu.max</c>, <c>max 100000</c> or <c>quota period</c>, as a fractional number of processors;
    /// infinity when there is no limit.
    /// </summary>
    public static bool TryParseQuota(ReadOnlySpan<byte> text, out double processors)
    {
        processors = double.PositiveInfinity;
        if (text.EndsWith("\n"u8)) text = text[..^1];
        int space = text.IndexOf((byte)' ');
        if (space < 0 || !TryParseNumber(text[(space + 1)..], out long period) || period == 0) return false;
        if (text[..space].SequenceEqual("max"u8)) return true;
        if (!TryParseNumber(text[..space], out long quota) || quota == 0) return false;
        processors = (double)quota / period;
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> fields, out long value)
    {
        ReadOnlySpan<byte> rest = fields.TrimStart((byte)' ');
        int space = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> digits = space < 0 ? rest : rest[..space];
        fields = rest[digits.Length..];
        return TryParseNumber(digits, out value);
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.Length is 0 or > 18) return false;
        long sum = 0;
        foreach (byte c in digits)
        {
            uint digit = (uint)(c - '0');
            if (digit > 9) return false;
            sum = (sum * 10) + digit;
        }

        value = sum;
        return true;
    }
}
