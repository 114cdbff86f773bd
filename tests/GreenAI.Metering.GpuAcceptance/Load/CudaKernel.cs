using System.Text;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>The kernel of <c>burn.ptx</c> on one board. Made, used and disposed on one thread, to which its context belongs.</summary>
internal sealed unsafe class CudaKernel : IDisposable
{
    private const int MultiprocessorCount = 16; // CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT
    private const int NoBinaryForGpu = 209;
    private const int InvalidPtx = 218;
    private const int UnsupportedPtxVersion = 222;
    private const uint Threads = 256;
    private const uint BlocksPerMultiprocessor = 8;

    // About 10 ms a launch: short against a phase, long against the cost of a launch.
    private const uint Rounds = 1 << 16;

    private readonly CudaDriver _driver;
    private readonly void* _context;
    private readonly void* _function;
    private readonly ulong _result;
    private readonly uint _blocks;

    /// <exception cref="CudaException">The board cannot be used.</exception>
    public CudaKernel(CudaDriver driver, int ordinal)
    {
        _driver = driver;
        int device = 0, multiprocessors = 0;
        CudaException.ThrowUnlessSuccess(driver.DeviceGet(&device, ordinal), "cuDeviceGet");
        CudaException.ThrowUnlessSuccess(
            driver.DeviceGetAttribute(&multiprocessors, MultiprocessorCount, device), "cuDeviceGetAttribute");
        _blocks = (uint)Math.Max(1, multiprocessors) * BlocksPerMultiprocessor;
        void* context = null;
        CudaException.ThrowUnlessSuccess(driver.CtxCreate(&context, 0, device), "cuCtxCreate");
        _context = context;
        try
        {
            _function = LoadFunction(driver);
            ulong result = 0;
            CudaException.ThrowUnlessSuccess(driver.MemAlloc(&result, sizeof(float)), "cuMemAlloc");
            _result = result;
        }
        catch (CudaException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the kernel once and waits for its end.</summary>
    /// <exception cref="CudaException">A call failed.</exception>
    public void Run()
    {
        ulong result = _result;
        uint rounds = Rounds;
        void** parameters = stackalloc void*[2];
        parameters[0] = &result;
        parameters[1] = &rounds;
        CudaException.ThrowUnlessSuccess(
            _driver.LaunchKernel(_function, _blocks, 1, 1, Threads, 1, 1, 0, null, parameters, null), "cuLaunchKernel");
        CudaException.ThrowUnlessSuccess(_driver.CtxSynchronize(), "cuCtxSynchronize");
    }

    /// <summary>Ends the context; module and memory go with it.</summary>
    // What it answers changes nothing: a context that cannot be ended is broken already, and the process ends soon.
    public void Dispose() => _ = _driver.CtxDestroy(_context);

    private static void* LoadFunction(CudaDriver driver)
    {
        string text = ReadText();
        void* module = null;
        int code = Load(driver, text, &module);
        // A driver that has given up the oldest boards may have given up their target too.
        if (code is NoBinaryForGpu or InvalidPtx or UnsupportedPtxVersion)
        {
            code = Load(
                driver,
                text.Replace(".target sm_50", ".target sm_75", StringComparison.Ordinal)
                    .Replace(".version 6.0", ".version 6.3", StringComparison.Ordinal),
                &module);
        }

        CudaException.ThrowUnlessSuccess(code, "cuModuleLoadData");
        void* function = null;
        fixed (byte* name = "burn\0"u8)
        {
            CudaException.ThrowUnlessSuccess(driver.ModuleGetFunction(&function, module, name), "cuModuleGetFunction");
        }

        return function;
    }

    private static int Load(CudaDriver driver, string text, void** module)
    {
        fixed (byte* image = Encoding.ASCII.GetBytes(text + '\0')) return driver.ModuleLoadData(module, image);
    }

    private static string ReadText()
    {
        using var reader = new StreamReader(typeof(CudaKernel).Assembly.GetManifestResourceStream("burn.ptx")!);
        return reader.ReadToEnd();
    }
}
