using System.Runtime.Intrinsics;

namespace GreenAI.Metering;

/// <summary>
/// Four quantities that grow together while a scope is active, at one rate per interval: dynamic microjoules, idle
/// microjoules, ticks not covered by a counter, and dynamic microjoules in doubt because they were split between models.
/// </summary>
internal readonly struct Accrual
{
    private readonly Vector256<double> _values;

    public Accrual(double dynamic, double idle, double uncovered, double doubt)
        : this(Vector256.Create(dynamic, idle, uncovered, doubt))
    {
    }

    private Accrual(Vector256<double> values) => _values = values;

    /// <summary>Microjoules above the idle floor.</summary>
    public double Dynamic => _values.GetElement(0);

    /// <summary>Microjoules of the idle floor, spread by active time.</summary>
    public double Idle => _values.GetElement(1);

    /// <summary>Ticks whose energy no counter told.</summary>
    public double Uncovered => _values.GetElement(2);

    /// <summary>How far <see cref="Dynamic"/> may be off because it was split between several models.</summary>
    public double Doubt => _values.GetElement(3);

    public static Accrual operator +(Accrual left, Accrual right) => new(left._values + right._values);

    public static Accrual operator -(Accrual left, Accrual right) => new(left._values - right._values);

    public static Accrual operator *(Accrual left, double factor) => new(left._values * Vector256.Create(factor));
}
