namespace GreenAI.Metering;

/// <summary>Something that happened to a budget or to the policy: for observers, for the audit log, and as a CloudEvent.</summary>
/// <remarks>
/// Immutable. Decisions are told together: once a second, for each rule, verdict, model and tenant, with their <see cref="Count"/> and the <see cref="Reason"/> of
/// the last one. Nothing is lost in the counts; what single requests were told is not kept.
/// </remarks>
public sealed class BudgetEvent
{
    /// <summary>What happened.</summary>
    public required BudgetEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The hash of the policy that was in force (<c>sha256:…</c>); empty for none.</summary>
    public string PolicyHash { get; init; } = "";

    /// <summary>The budget or target; null where it is about none.</summary>
    public string? Rule { get; init; }

    /// <summary>Which of the budget's values; empty where it has one.</summary>
    public string Part { get; init; } = "";

    /// <summary>The verdict: the new one of a change, the one that was given for decisions.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The verdict before a change.</summary>
    public Verdict Before { get; init; }

    /// <summary>The decision it belongs to, as admissions name it; 0 for none.</summary>
    public long Decision { get; init; }

    /// <summary>How many requests got it since the last such event, for <see cref="BudgetEventKind.Decisions"/>: all of them, none sampled. 0 for other kinds.</summary>
    public long Count { get; init; }

    /// <summary>Whether it was only told and not done.</summary>
    public bool IsShadow { get; init; }

    /// <summary>The model of the requests; null where it is about several.</summary>
    public string? Model { get; init; }

    /// <summary>The tenant of the requests; null where it is about none or several.</summary>
    public string? Tenant { get; init; }

    /// <summary>The waiver; null for none.</summary>
    public string? Waiver { get; init; }

    /// <summary>Why, as a sentence with its figures; of several decisions that of the last one.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the budget stood; null where it is about none.</summary>
    public BudgetStatus? Status { get; init; }

    /// <summary>The event as a CloudEvent (CloudEvents 1.0, structured JSON), to send to a project dashboard.</summary>
    /// <remarks>Its type is <c>io.greenai.budget.</c>, the kind, <c>.v1</c>; its id is made of what happened, so that sending it twice does no harm.</remarks>
    /// <param name="source">Where it comes from: a URI or URI reference, such as <c>/services/ranker</c>.</param>
    /// <exception cref="ArgumentException">The source is empty, or no URI reference.</exception>
    public string ToCloudEvent(string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        if (!Uri.IsWellFormedUriString(source, UriKind.RelativeOrAbsolute))
            throw new ArgumentException($"The source of a CloudEvent must be a URI reference, such as /services/ranker; it is '{source}'.", nameof(source));
        return CloudEventJson.Write(this, source);
    }
}
