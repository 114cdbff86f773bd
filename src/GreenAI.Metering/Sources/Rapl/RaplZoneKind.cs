namespace GreenAI.Metering;

/// <summary>What a RAPL zone covers, told by its name.</summary>
internal enum RaplZoneKind
{
    /// <summary>A name that is not known: never summed, because nobody can say what it contains.</summary>
    Unknown,

    /// <summary><c>package-N</c> or <c>package-N-die-M</c>.</summary>
    Package,

    /// <summary><c>dram</c>: outside the package although it is its child directory.</summary>
    Dram,

    /// <summary><c>core</c> or <c>uncore</c>: inside the package (and on AMD <c>core</c> reads one core only).</summary>
    Inner,

    /// <summary><c>psys</c>: a top-level zone that contains packages and memory.</summary>
    Platform,
}
