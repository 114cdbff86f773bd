namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Runs the kernel over and over on every board that CUDA shows, each from a thread of its own.</summary>
internal sealed class CudaLoad : IBoardLoad
{
    private readonly Thread[] _threads;
    private readonly CudaDriver _driver;
    private volatile bool _stop;
    private volatile string? _trouble;

    public CudaLoad(CudaDriver driver)
    {
        _driver = driver;
        int count = 0;
        try
        {
            count = Count(driver);
            if (count == 0) _trouble = "CUDA shows no board";
        }
        catch (CudaException exception)
        {
            _trouble = exception.Message;
        }

        Description = $"multiply-add kernel on {count} board{(count == 1 ? "" : "s")} through the CUDA driver";
        _threads = [.. Enumerable.Range(0, count).Select(Start)];
    }

    public string Description { get; }

    public string? Trouble => _trouble;

    public void Dispose()
    {
        _stop = true;
        foreach (Thread thread in _threads) thread.Join();
    }

    private static unsafe int Count(CudaDriver driver)
    {
        int count = 0;
        CudaException.ThrowUnlessSuccess(driver.Init(0), "cuInit");
        CudaException.ThrowUnlessSuccess(driver.DeviceGetCount(&count), "cuDeviceGetCount");
        return count;
    }

    private Thread Start(int ordinal)
    {
        var thread = new Thread(() => Run(ordinal)) { IsBackground = true, Name = $"load of board {ordinal}" };
        thread.Start();
        return thread;
    }

    private void Run(int ordinal)
    {
        try
        {
            using var kernel = new CudaKernel(_driver, ordinal);
            while (!_stop) kernel.Run();
        }
        catch (CudaException exception)
        {
            _trouble = $"board {ordinal}: {exception.Message}";
        }
    }
}
