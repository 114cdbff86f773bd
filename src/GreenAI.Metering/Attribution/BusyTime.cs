using System.Numerics;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>
/// The time of an interval in which at least one scope was active, from stretches handed in in any order, at constant cost each.
/// </summary>
/// <remarks>
/// The interval is cut into 128 to 256 cells, whose length is a power of two of ticks. A stretch fills the cells between its ends and
/// adds its parts to those at its ends; a cell is busy for the sum of its parts, at most wholly. Overlaps within one cell are counted
/// twice: an error of at most a cell for each stretch, in a figure that learning and the split of embodied carbon use.
/// </remarks>
internal sealed class BusyTime
{
    private const int Cells = 256;

    // One more for a stretch that ends with the interval.
    private readonly int[] _runs = new int[Cells + 1];
    private readonly long[] _parts = new long[Cells + 1];
    private long _from;
    private int _shift;

    public void Begin(long from, long until)
    {
        _from = from;
        ulong cell = (ulong)Math.Max(1, (until - from + Cells - 1) / Cells);
        _shift = 64 - BitOperations.LeadingZeroCount(cell - 1);
    }

    /// <summary>Adds a stretch, whose ends lie inside the interval.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long from, long until)
    {
        long first = (from - _from) >> _shift, last = (until - _from) >> _shift;
        if (first == last) _parts[first] += until - from;
        else AddLong(from, until, (int)first, (int)last);
    }

    /// <summary>The busy ticks of the interval; forgets them.</summary>
    public long End()
    {
        long busy = 0, cell = 1L << _shift;
        int running = 0;
        for (int i = 0; i <= Cells; i++)
        {
            running += _runs[i];
            busy += running > 0 ? cell : Math.Min(cell, _parts[i]);
        }

        Array.Clear(_runs);
        Array.Clear(_parts);
        return busy;
    }

    private void AddLong(long from, long until, int first, int last)
    {
        _parts[first] += _from + ((first + 1L) << _shift) - from;
        _parts[last] += until - (_from + ((long)last << _shift));
        _runs[first + 1]++;
        _runs[last]--;
    }
}
