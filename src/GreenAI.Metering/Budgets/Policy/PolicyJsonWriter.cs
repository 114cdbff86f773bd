using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace GreenAI.Metering;

/// <summary>A policy as JSON. What it writes is read back before anybody gets it: a policy made in code is held to the same rules as a file.</summary>
internal static class PolicyJsonWriter
{
    // Letters of all scripts as they are, and the same for both forms.
    private static readonly JavaScriptEncoder _letters = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <exception cref="PolicyFormatException">It was made in code and holds something that is not possible.</exception>
    public static ReadOnlyMemory<byte> Write(BudgetPolicy policy, bool isIndented)
    {
        ReadOnlyMemory<byte> json = WriteUnchecked(policy, isIndented);
        Read(json, now: null);
        return json;
    }

    /// <summary>A copy of a policy that was made in code, which nobody can change, after it was checked like a file.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="now">When it shall be in force.</param>
    /// <exception cref="PolicyFormatException">It cannot be in force.</exception>
    public static BudgetPolicy Copy(BudgetPolicy policy, DateTimeOffset now) => Read(WriteUnchecked(policy, isIndented: false), now);

    // The lines are of a text that its author never saw.
    private static BudgetPolicy Read(ReadOnlyMemory<byte> json, DateTimeOffset? now)
    {
        try
        {
            return PolicyJsonReader.Read(json, file: null, now);
        }
        catch (PolicyFormatException refused)
        {
            throw new PolicyFormatException([.. refused.Problems.Select(problem => new PolicyProblem(problem.Path, null, problem.Reason))]);
        }
    }

    private static ReadOnlyMemory<byte> WriteUnchecked(BudgetPolicy policy, bool isIndented)
    {
        JsonWriterOptions form = new()
        {
            Indented = isIndented,
            Encoder = _letters,
#if NET9_0_OR_GREATER
            NewLine = "\n",
#endif
        };
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, form)) Write(writer, policy);
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, BudgetPolicy policy)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", BudgetPolicy.SchemaId);
        writer.WriteString("version", policy.Version);
        if (policy.EffectiveFrom != DateTimeOffset.MinValue) writer.WriteString("effectiveFrom", PolicyTime.Write(policy.EffectiveFrom));
        writer.WriteNumber("requiredApprovals", policy.RequiredApprovals);
        writer.Texts("requiredRoles", policy.RequiredRoles);
        writer.List("approvals", policy.Approvals, Write);
        writer.List("budgets", policy.Budgets, BudgetJsonWriter.Write);
        writer.List("kpis", policy.Kpis, Write);
        HashSet<string> ofEnergy = [.. (policy.Budgets ?? []).Where(budget => budget?.Kind.IsEnergy() == true).Select(budget => budget.Id)];
        writer.List("waivers", policy.Waivers, (json, waiver) => Write(json, waiver, ofEnergy));
        writer.List("charters", policy.Charters, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PolicyApproval approval)
    {
        writer.WriteString("role", approval.Role);
        writer.WriteString("by", approval.By);
        writer.WriteString("at", PolicyTime.Write(approval.At));
    }

    private static void Write(Utf8JsonWriter writer, KpiRule rule)
    {
        writer.WriteString("id", rule.Id);
        writer.Word("kpi", PolicyWords.Kpis, rule.Kpi);
        writer.Text("model", rule.Model);
        writer.Number("max", rule.Max);
        writer.Number("min", rule.Min);
        if (rule.Baseline is { } baseline)
        {
            writer.WriteStartObject("baseline");
            writer.Number("mean", baseline.Mean);
            writer.Number("standardDeviation", baseline.StandardDeviation);
            writer.WriteNumber("samples", baseline.Samples);
            writer.Number("maxIncrease", baseline.MaxIncrease);
            writer.Number("confidence", baseline.Confidence);
            writer.WriteNumber("minSamples", baseline.MinSamples);
            writer.WriteEndObject();
        }

        writer.WriteString("window", PolicyDuration.Write(rule.Window));
        writer.Action(rule.Action);
    }

    private static void Write(Utf8JsonWriter writer, Waiver waiver, HashSet<string> ofEnergy)
    {
        writer.WriteString("id", waiver.Id);
        writer.WriteString("rule", waiver.Rule);
        BudgetJsonWriter.Write(writer, waiver.Scope);
        writer.WriteString("reason", waiver.Reason);
        writer.WriteString("approvedBy", waiver.ApprovedBy);
        if (waiver.From != DateTimeOffset.MinValue) writer.WriteString("from", PolicyTime.Write(waiver.From));
        writer.WriteString("expires", PolicyTime.Write(waiver.Expires));
        if (waiver.CapMicrounits is { } cap) PolicyAmount.Write(writer, "cap", (decimal)cap, waiver.Rule is not null && ofEnergy.Contains(waiver.Rule));
    }

    private static void Write(Utf8JsonWriter writer, Charter charter)
    {
        writer.WriteString("project", charter.Project);
        writer.WriteString("owner", charter.Owner);
        writer.WriteString("objective", charter.Objective);
        writer.WriteString("model", charter.Model);
        if (charter.QualityMetric is not null || charter.QualityTarget is not null)
        {
            writer.WriteStartObject("targetQuality");
            writer.Text("metric", charter.QualityMetric);
            writer.Number("value", charter.QualityTarget);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("e2s");
        writer.Number("kWh", charter.EnergyToSolutionKilowattHours);
        writer.WriteString("method", charter.EstimateMethod);
        writer.WriteEndObject();
        writer.Text("budget", charter.Budget);
        writer.WriteString("reviewDate", charter.ReviewDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
