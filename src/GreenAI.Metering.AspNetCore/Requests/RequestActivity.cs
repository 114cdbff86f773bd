using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>Writes what a request has cost onto the server's span, which is open until the response is complete. Allocates nothing where nobody records it.</summary>
internal static class RequestActivity
{
    private static readonly ActivitySource _sourceless = new Activity("").Source;

    /// <summary>The span of a request; null: there is none.</summary>
    public static Activity? Of(HttpContext context) => context.Features.Get<IHttpActivityFeature>()?.Activity;

    /// <summary>Whether somebody may record the span that the host has made of a request. It makes spans for its logs, too, that nobody records.</summary>
    /// <param name="source">Of which the host makes them; null: it does not say.</param>
    public static bool IsRecorded(ActivitySource? source)
    {
        // Those that are made without a source have one of their own, to which what is older than sources listens.
        if (source is not null) return source.HasListeners() || _sourceless.HasListeners();
        // The host has made it current, or the parent of what is: looking for it in the request costs more than this.
        for (Activity? activity = Activity.Current; activity is not null; activity = activity.Parent)
        {
            if (activity.Source.HasListeners()) return true;
        }

        return false;
    }

    public static void Tag(HttpContext context, EnergyMeter meter, string? model, in InferenceFootprint footprint, in Admission admission)
    {
        if (Of(context) is not { IsAllDataRequested: true } activity || !activity.Source.HasListeners()) return;
        if (model is not null) activity.SetTag(RequestInstruments.Model, model);
        activity.SetTag(RequestInstruments.Provisional, true);
        activity.SetTag(RequestInstruments.Method, "learned-power");
        activity.SetTag(RequestInstruments.Tier, footprint.Tier.ToString());
        if (footprint.Marginal is { } energy) activity.SetTag(RequestInstruments.EnergyJoules, energy.Joules);
        else activity.SetTag(RequestInstruments.Reason, footprint.Reason.ToString());
        if (footprint.MarginalGramsCO2e is { } grams)
        {
            activity.SetTag(RequestInstruments.EmissionsGrams, grams);
            activity.SetTag(RequestInstruments.Basis, RequestInstruments.BasisOf(meter.CarbonMethod));
        }

        if (admission.Verdict != Verdict.Allow) TagVerdict(activity, admission);
    }

    /// <summary>Says on the span that a request was refused.</summary>
    public static void TagRefused(HttpContext context, in Admission admission)
    {
        if (Of(context) is { IsAllDataRequested: true } activity && activity.Source.HasListeners()) TagVerdict(activity, admission);
    }

    private static void TagVerdict(Activity activity, in Admission admission)
    {
        activity.SetTag(RequestInstruments.Verdict, admission.Verdict.ToString());
        if (admission.Rule is { } rule) activity.SetTag(RequestInstruments.Budget, rule);
    }
}
