namespace GreenAI.Metering;

/// <summary>A registered tenant: resolve it once with <see cref="EnergyMeter.Tenant"/> and keep it. A default handle is nobody in particular.</summary>
/// <remarks>A handle of one meter means nothing to another. Immutable and thread-safe.</remarks>
public readonly struct TenantHandle : IEquatable<TenantHandle>
{
    internal TenantHandle(EnergyMeter meter, int index)
    {
        Meter = meter;
        Number = index + 1;
    }

    /// <summary>The tenant's name; empty for a default handle.</summary>
    public string Name => Meter?.TenantName(Number - 1) ?? "";

    internal EnergyMeter? Meter { get; }

    /// <summary>0: no tenant; else its index plus 1.</summary>
    internal int Number { get; }

    /// <summary>Whether two handles name the same tenant of the same meter.</summary>
    public static bool operator ==(TenantHandle left, TenantHandle right) => left.Equals(right);

    /// <summary>Whether two handles differ.</summary>
    public static bool operator !=(TenantHandle left, TenantHandle right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TenantHandle other) => ReferenceEquals(Meter, other.Meter) && Number == other.Number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TenantHandle other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Meter, Number);

    /// <summary>The tenant's name.</summary>
    public override string ToString() => Name;
}
