namespace GreenAI.Metering.GpuAcceptance;

/// <summary>A call of the CUDA driver that did not succeed.</summary>
internal sealed class CudaException(string call, int code) : Exception($"{call} answered {code}")
{
    /// <exception cref="CudaException">The code is not 0.</exception>
    public static void ThrowUnlessSuccess(int code, string call)
    {
        if (code != 0) throw new CudaException(call, code);
    }
}
