namespace GreenAI.Metering;

// May it run?
public sealed partial class EnergyMeter
{
    /// <summary>Decides; null: there is no policy. It is the budgets', and lies here since requests look at the meter anyway.</summary>
    internal BudgetGate? Gate
    {
        get => _gate;
        set => _gate = value;
    }

    /// <summary>
    /// Asks whether an inference may run, and reserves what it may cost from every budget that may refuse it: the cost of the model's dearest recent inference.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The answer: begin with it, or dispose it. Without a policy it allows.</returns>
    /// <remarks>Takes about as long as two clock reads, allocates nothing, and never waits for a ledger that is not local.</remarks>
    public Admission TryAdmit(ModelHandle model) => TryAdmit(new AdmissionRequest(model));

    /// <summary>Asks whether an inference may run, for a tenant and with an estimate of what it may cost.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tenant">For whom.</param>
    /// <param name="estimate">The most it is likely to cost.</param>
    /// <inheritdoc cref="TryAdmit(ModelHandle)"/>
    public Admission TryAdmit(ModelHandle model, TenantHandle tenant, Energy estimate) => TryAdmit(new AdmissionRequest(model) { Tenant = tenant, Estimate = estimate });

    /// <summary>Asks whether an inference may run.</summary>
    /// <param name="request">What asks.</param>
    /// <inheritdoc cref="TryAdmit(ModelHandle)"/>
    public Admission TryAdmit(in AdmissionRequest request) => Gate is { } gate ? gate.TryAdmit(request) : default;

    /// <summary>Asks whether an inference may run; where headroom is on its way from a shared ledger, waits for it a moment instead of answering Delay.</summary>
    /// <param name="request">What asks.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The answer: begin with it, or dispose it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<Admission> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        Gate?.AdmitAsync(request, _longestAdmission, cancellationToken) ?? default;

    /// <summary>The verdict on a model at present, reserving nothing: a look at one cached word. What spends should ask <see cref="TryAdmit(ModelHandle)"/>.</summary>
    /// <param name="model">The model.</param>
    public Admission CheckAdmission(ModelHandle model) => Gate is { } gate ? gate.Check(model, 0) : default;

    /// <summary>The handle of a tenant, registering its name when it is new. Beyond <see cref="BudgetOptions.MaxTenants"/> all names share one.</summary>
    /// <param name="name">The tenant's name.</param>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public TenantHandle Tenant(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > 256) throw new ArgumentException($"A tenant name has at most 256 characters; this one has {name.Length}.", nameof(name));
        if (name == ModelRegistry.Overflow) throw new ArgumentException($"The tenant name {name} stands for all tenants beyond MaxTenants; choose another.", nameof(name));
        int index = Budgets.Tenants.GetOrAdd(name, out bool first);
        if (first) Log.TenantOverflow(_logger, Budgets.Tenants.Capacity - 1, name);
        return new TenantHandle(this, index);
    }

    /// <summary>Begins an inference on the account of a tenant without asking whether it may run: it is charged to the model's and the tenant's budgets.</summary>
    /// <param name="model">A handle of this meter; any other gives a no-op scope.</param>
    /// <param name="tenant">For whom; a default handle: nobody in particular.</param>
    /// <returns>A scope to complete or dispose.</returns>
    public InferenceScope Begin(ModelHandle model, TenantHandle tenant) =>
        !ReferenceEquals(tenant.Meter, this) || !ReferenceEquals(model.Meter, this) || _disposed || Gate is not { Generation: { } generation } gate
            ? Begin(model)
            : BeginUnreserved(model, gate, generation.Path(model.Index, tenant.Number));

    private InferenceScope BeginUnreserved(ModelHandle model, BudgetGate gate, AdmissionPath path)
    {
        int index = _slots.Pop();
        if (index < 0) return default;
        gate.Mark(index, path);
        return Begin(model, index);
    }
}
