namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Chooses the load.</summary>
internal static class BoardLoad
{
    /// <summary>Starts the user's command, or the kernel of our own; without a CUDA driver the load does nothing and says so.</summary>
    public static IBoardLoad Start(AcceptanceOptions options)
    {
        if (options.LoadCommand is { } command) return CommandLoad.Start(command);
        string[] candidates = options.Cuda is { } path ? [path] : OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1"];
        return CudaDriver.TryLoad(candidates, out CudaDriver? driver, out string refusal) ? new CudaLoad(driver) : new NoLoad(refusal);
    }
}
