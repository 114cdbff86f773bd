namespace GreenAI.Metering.Benchmarks;

/// <summary>One number to hold.</summary>
internal abstract class Bar(string name) : IDisposable
{
    public string Name => name;

    /// <summary>Measures it.</summary>
    /// <param name="bytesPerOperation">The allocation budget.</param>
    public abstract BarResult Measure(double bytesPerOperation);

    /// <summary>Gives back what the row holds.</summary>
    public virtual void Dispose()
    {
    }
}
