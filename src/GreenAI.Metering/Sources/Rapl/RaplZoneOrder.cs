using System.Globalization;

namespace GreenAI.Metering;

/// <summary>
/// Orders zones by the numbers in their names, then by address: an order that survives a new numbering of the directories.
/// </summary>
internal sealed class RaplZoneOrder : IComparer<RaplZone>
{
    public static readonly RaplZoneOrder Instance = new();

    public int Compare(RaplZone? x, RaplZone? y)
    {
        if (x is null || y is null) return Comparer<bool>.Default.Compare(x is not null, y is not null);
        int byName = CompareNames(x.QualifiedName, y.QualifiedName);
        return byName != 0 ? byName : x.Address.CompareTo(y.Address);
    }

    // Runs of digits compare as numbers: package-2 stands before package-10, die 0 before die 1.
    private static int CompareNames(string left, string right)
    {
        int i = 0;
        int j = 0;
        while (i < left.Length && j < right.Length)
        {
            ReadOnlySpan<char> a = Token(left, ref i);
            ReadOnlySpan<char> b = Token(right, ref j);
            int order = ulong.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out ulong m)
                && ulong.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out ulong n)
                    ? m.CompareTo(n)
                    : a.CompareTo(b, StringComparison.Ordinal);
            if (order != 0) return order;
        }

        return (left.Length - i).CompareTo(right.Length - j);
    }

    private static ReadOnlySpan<char> Token(string text, ref int position)
    {
        int start = position;
        bool digits = char.IsAsciiDigit(text[position]);
        while (position < text.Length && char.IsAsciiDigit(text[position]) == digits) position++;
        return text.AsSpan(start, position - start);
    }
}
