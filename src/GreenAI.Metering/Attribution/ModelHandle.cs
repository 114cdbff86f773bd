namespace GreenAI.Metering;

/// <summary>A registered model: resolve it once with <see cref="EnergyMeter.Model"/> and keep it.</summary>
/// <remarks>A handle of one meter means nothing to another. Immutable and thread-safe.</remarks>
public readonly struct ModelHandle : IEquatable<ModelHandle>
{
    internal ModelHandle(EnergyMeter meter, int index)
    {
        Meter = meter;
        Index = index;
    }

    /// <summary>The model's name; empty for a default handle.</summary>
    public string Name => Meter?.ModelName(Index) ?? "";

    internal EnergyMeter? Meter { get; }

    internal int Index { get; }

    /// <summary>Whether two handles name the same model of the same meter.</summary>
    public static bool operator ==(ModelHandle left, ModelHandle right) => left.Equals(right);

    /// <summary>Whether two handles differ.</summary>
    public static bool operator !=(ModelHandle left, ModelHandle right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ModelHandle other) => ReferenceEquals(Meter, other.Meter) && Index == other.Index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModelHandle other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Meter, Index);

    /// <summary>The model's name.</summary>
    public override string ToString() => Name;
}
