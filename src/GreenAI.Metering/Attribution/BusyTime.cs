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
    private readonly double[] _parts = new double[Cells + 1];
    private double _cellsPerTick;
    private long _from;

    public void Begin(long from, long until)
    {
        _from = from;
        _cellsPerTick = until > from ? Cells / (double)(until - from) : 0;
    }

    /// <summary>Adds a stretch, whose ends lie inside the interval.</summary>
    public void Add(long from, long until)
    {
        double start = (from - _from) * _cellsPerTick, end = (until - _from) * _cellsPerTick;
        int first = Math.Min((int)start, Cells), last = Math.Min((int)end, Cells);
        if (first == last)
        {
            _parts[first] += end - start;
            return;
        }

        _parts[first] += first + 1 - start;
        _parts[last] += end - last;
        _runs[first + 1]++;
        _runs[last]--;
    }

    /// <summary>The busy fraction of the interval; forgets it.</summary>
    public double End()
    {
        double busy = 0;
        int running = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            running += _runs[cell];
            busy += running > 0 ? 1 : Math.Min(1, _parts[cell]);
        }

        Array.Clear(_runs);
        Array.Clear(_parts);
        return busy / Cells;
    }
}
