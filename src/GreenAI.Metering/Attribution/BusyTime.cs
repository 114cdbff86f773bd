using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>
/// The time of an interval in which at least one scope was active, from stretches handed in in any order, at constant cost each.
/// </summary>
/// <remarks>
/// The interval is cut into 256 cells. A stretch fills the cells between its ends and adds its parts to those at its ends; a cell
/// is busy for the sum of its parts, at most wholly. Overlaps within one cell are counted twice: an error of at most a cell for
/// each stretch, in a figure that only learning uses.
/// </remarks>
internal sealed class BusyTime
{
    private const int Cells = 256;

    // One more for a stretch that ends with the interval.
    private readonly int[] _runs = new int[Cells + 1];
    private readonly long[] _parts = new long[Cells + 1];
    private long _from;
    private long _cellTicks = 1;
    private ulong _cellsPerTick;

    public void Begin(long from, long until)
    {
        _from = from;
        // Rounded up, so that the interval has no more than 256 cells; the last may be shorter, or not there.
        _cellTicks = Math.Max(1, (until - from + Cells - 1) / Cells);
        // A division by multiplication: exact for every quotient here but where it hits a boundary, which then lies a tick off.
        _cellsPerTick = ulong.MaxValue / (ulong)_cellTicks;
    }

    /// <summary>Adds a stretch, whose ends lie inside the interval.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long from, long until)
    {
        int first = Cell(from), last = Cell(until);
        if (first == last) _parts[first] += until - from;
        else AddLong(from, until, first, last);
    }

    /// <summary>The busy ticks of the interval; forgets them.</summary>
    public long End()
    {
        long busy = 0;
        int running = 0;
        for (int cell = 0; cell <= Cells; cell++)
        {
            running += _runs[cell];
            busy += running > 0 ? _cellTicks : Math.Min(_cellTicks, _parts[cell]);
        }

        Array.Clear(_runs);
        Array.Clear(_parts);
        return busy;
    }

    private void AddLong(long from, long until, int first, int last)
    {
        _parts[first] += _from + ((first + 1) * _cellTicks) - from;
        _parts[last] += until - (_from + (last * _cellTicks));
        _runs[first + 1]++;
        _runs[last]--;
    }

    private int Cell(long time) => (int)Math.BigMul((ulong)(time - _from), _cellsPerTick, out _);
}
