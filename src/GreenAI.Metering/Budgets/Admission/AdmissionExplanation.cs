using System.Globalization;
using System.Text;

namespace GreenAI.Metering;

/// <summary>Why an admission was answered as it was, for people.</summary>
internal static class AdmissionExplanation
{
    public static string Of(in Admission admission)
    {
        if (admission.State is not { } state) return "No policy was in force: Allow.";
        var text = new StringBuilder();
        AdmissionPath path = state.Path;
        text.Append(CultureInfo.InvariantCulture, $"{state.Verdict}");
        if (state.Decider is { } decider) text.Append(CultureInfo.InvariantCulture, $" by {decider.Name}");
        if (state.Decision != 0) text.Append(CultureInfo.InvariantCulture, $", decision {state.Decision}");
        text.Append(CultureInfo.InvariantCulture, $", policy {path.Generation.Policy.Version} ({path.Generation.Hash}), model {path.Model}");
        if (path.Tenant.Length > 0) text.Append(CultureInfo.InvariantCulture, $", tenant {path.Tenant}");
        text.Append('.');
        if (state.Reason.Length > 0) text.Append('\n').Append(state.Reason);
        if (state.ShadowVerdict != Verdict.Allow) text.Append(CultureInfo.InvariantCulture, $"\nWithout shadow mode: {state.ShadowVerdict}.");
        foreach (RuleBook rule in path.Rules)
        {
            if (rule == state.Decider) continue;
            Standing standing = rule.Standing;
            text.Append(CultureInfo.InvariantCulture, $"\n{rule.Name}: {standing.OwnVerdict}{(standing.Waiver is { } waiver ? $", waived by {waiver}" : "")}.");
            if (standing.OwnReason.Length > 0) text.Append(' ').Append(standing.OwnReason);
        }

        return text.ToString();
    }
}
