namespace GreenAI.Metering;

/// <summary>What asks to be admitted.</summary>
/// <param name="model">The model; a handle of the meter that is asked.</param>
public readonly struct AdmissionRequest(ModelHandle model)
{
    /// <summary>The model.</summary>
    public ModelHandle Model => model;

    /// <summary>For whom.</summary>
    /// <value>Nobody in particular.</value>
    public TenantHandle Tenant { get; init; }

    /// <summary>
    /// The most energy it is likely to cost, idle share included. That much is reserved, and what it did not cost is given back when its bill is final; what
    /// it costs beyond is booked all the same.
    /// </summary>
    /// <value>Null: what the model's dearest recent inference cost; before the first bill hardly anything. Less than a microjoule counts as one.</value>
    public Energy? Estimate { get; init; }

    /// <summary>Its priority: steps of ladders that exempt it do not apply.</summary>
    /// <value>Null: none.</value>
    public string? Priority { get; init; }
}
