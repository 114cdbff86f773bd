using System.Globalization;

namespace GreenAI.Metering.Tests;

/// <summary>A Windows with the energy meters a test gives it.</summary>
internal sealed class FakeEmiSystem(params FakeEmiMeter[] meters) : IEmiSystem
{
    public int ListError { get; set; }

    public int List(out IReadOnlyList<string> paths)
    {
        paths = ListError == 0 ? [.. meters.Select(static (_, index) => index.ToString(CultureInfo.InvariantCulture))] : [];
        return ListError;
    }

    public int Open(string path, out IEmiHandle? handle)
    {
        FakeEmiMeter meter = meters[int.Parse(path, CultureInfo.InvariantCulture)];
        handle = meter.OpenError == 0 ? meter.NewHandle() : null;
        return meter.OpenError;
    }
}
