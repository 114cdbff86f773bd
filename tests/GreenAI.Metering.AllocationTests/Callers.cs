namespace GreenAI.Metering.AllocationTests;

/// <summary>Threads that make requests, each at a rate that the pool of slots bears, and measure what they allocate themselves.</summary>
internal sealed class Callers : IDisposable
{
    public const int Threads = 4;

    private const int Block = 1000;
    // A slot is free again one or two samplings after its request ended.
    private const int TicksPerBlock = 3;

    private readonly RequestMix _mix;
    private readonly TickSource _ticks;
    private readonly Thread[] _threads;
    private readonly long[] _allocated = new long[Threads];
    private readonly object?[] _leaked = new object?[Threads];
    private volatile int _round;
    private volatile bool _leaks;
    private volatile bool _ended;
    private int _requests;
    private int _busy;

    public Callers(EnergyMeter meter, TickSource ticks, bool admits)
    {
        _mix = new RequestMix(meter, admits);
        _ticks = ticks;
        _threads = [.. Enumerable.Range(0, Threads).Select(index => new Thread(() => Live(index)) { IsBackground = true })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Whether the callers are still at their requests.</summary>
    public bool AreBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>Bytes that the callers allocated on their own threads in the last round.</summary>
    public long AllocatedBytes => _allocated.Sum();

    /// <summary>Starts a round of requests, the same number on each thread.</summary>
    public void Start(int requestsPerThread, bool leaks)
    {
        _requests = requestsPerThread;
        _leaks = leaks;
        Volatile.Write(ref _busy, Threads);
        _round++;
    }

    public void Dispose()
    {
        _ended = true;
        foreach (Thread thread in _threads) thread.Join();
    }

    private void Live(int index)
    {
        int done = 0;
        while (!_ended)
        {
            if (_round == done)
            {
                Thread.Sleep(1);
                continue;
            }

            done++;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Request(index);
            _allocated[index] = GC.GetAllocatedBytesForCurrentThread() - before;
            Interlocked.Decrement(ref _busy);
        }
    }

    private void Request(int index)
    {
        for (int number = 0; number < _requests; number++)
        {
            if (number % Block == 0) AwaitTicks();
            if (_leaks) Volatile.Write(ref _leaked[index], new object());
            _mix.Run(number);
        }
    }

    private void AwaitTicks()
    {
        long until = _ticks.Ticks + TicksPerBlock;
        while (_ticks.Ticks < until && !_ended) Thread.Sleep(1);
    }
}
