namespace GreenAI.Metering;

/// <summary>What an ACPI power meter of an NVIDIA Grace module covers, as its <c>power1_oem_info</c> tells.</summary>
/// <remarks>Module contains Grace, GPU and its memory; Grace contains CPU, SysIO and main memory (NVIDIA Grace tuning guide).</remarks>
internal readonly struct GraceMeter(string part, string socket)
{
    private const string Middle = " Power Socket ";

    /// <summary>The whole superchip.</summary>
    public const string Module = "Module";

    /// <summary>The processor with its memory.</summary>
    public const string Grace = "Grace";

    private static readonly string[] _parts = [Grace, Module, "CPU", "SysIO"];

    public string Part { get; } = part;

    public string Socket { get; } = socket;

    /// <summary>Takes apart <c>Grace Power Socket 0</c>, whatever its case.</summary>
    public static GraceMeter? Parse(string? oemInfo)
    {
        if (oemInfo is null) return null;
        int middle = oemInfo.IndexOf(Middle, StringComparison.OrdinalIgnoreCase);
        if (middle < 0) return null;
        string socket = oemInfo[(middle + Middle.Length)..].Trim();
        string? part = Array.Find(_parts, part => oemInfo.AsSpan(0, middle).Trim().Equals(part, StringComparison.OrdinalIgnoreCase));
        return part is null || socket.Length is 0 or > 4 || !socket.All(char.IsAsciiDigit) ? null : new GraceMeter(part, socket);
    }
}
