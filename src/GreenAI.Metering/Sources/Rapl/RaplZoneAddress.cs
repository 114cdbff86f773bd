using System.Globalization;

namespace GreenAI.Metering;

/// <summary>
/// The directory name of a zone, <c>intel-rapl:0:2</c>: a control type and the numbers the kernel gave in order of registration.
/// </summary>
internal sealed class RaplZoneAddress : IComparable<RaplZoneAddress>
{
    private const int MaxDepth = 3;
    private readonly int[] _numbers;

    private RaplZoneAddress(string text, string controlType, int[] numbers)
    {
        Text = text;
        ControlType = controlType;
        _numbers = numbers;
    }

    public string Text { get; }

    /// <summary><c>intel-rapl</c> (MSR or TPMI, AMD too) or <c>intel-rapl-mmio</c>.</summary>
    public string ControlType { get; }

    public bool IsMmio => ControlType.Length != "intel-rapl".Length;

    /// <summary>The directory name of the parent zone, or null for a top-level zone.</summary>
    public string? ParentText => _numbers.Length > 1 ? Text[..Text.LastIndexOf(':')] : null;

    public static bool IsControlType(string name) => name is "intel-rapl" or "intel-rapl-mmio";

    /// <summary>Parses a directory name; null when it is not a zone's.</summary>
    public static RaplZoneAddress? Parse(string directoryName)
    {
        string[] parts = directoryName.Split(':', MaxDepth + 2);
        if (parts.Length is < 2 or > MaxDepth + 1 || !IsControlType(parts[0])) return null;
        int[] numbers = new int[parts.Length - 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;
        }

        return new RaplZoneAddress(directoryName, parts[0], numbers);
    }

    /// <summary>Orders by number, not by text: <c>intel-rapl:2</c> stands before <c>intel-rapl:10</c>.</summary>
    public int CompareTo(RaplZoneAddress? other)
    {
        if (other is null) return 1;
        int byControlType = string.CompareOrdinal(ControlType, other.ControlType);
        return byControlType != 0 ? byControlType : _numbers.AsSpan().SequenceCompareTo(other._numbers);
    }

    public override string ToString() => Text;
}
