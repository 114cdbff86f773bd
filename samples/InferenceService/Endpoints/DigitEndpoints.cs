using System.Text.Json;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What the endpoints do. Metering begins before them and ends after the last byte; they only say what it cannot know.</summary>
internal static class DigitEndpoints
{
    /// <summary>Tells the digits of a batch, with the model that the admission names: the endpoint's, or a smaller one instead.</summary>
    public static IResult Predict(PredictRequest request, DigitModels models, EnergyMeter meter, HttpContext context)
    {
        IInferenceFeature inference = context.GetInference()!;
        if (!request.TryRead(out PictureBatch pictures, out Dictionary<string, string[]> errors)) return Refuse(inference, errors);
        DigitPrediction[] predictions = models[inference.Model!].Classify(pictures);
        inference.Units = pictures.Count;

        // What the service is there for, whichever model told it: pictures told.
        meter.Kpis.RecordOutcome(pictures.Count);
        return TypedResults.Ok(new PredictResponse(inference.Model!, inference.IsDegraded, predictions));
    }

    /// <summary>The same, a line of JSON for each picture as soon as it is known.</summary>
    public static async Task<IResult> Stream(PredictRequest request, DigitModels models, HttpContext context)
    {
        IInferenceFeature inference = context.GetInference()!;
        if (!request.TryRead(out PictureBatch pictures, out Dictionary<string, string[]> errors)) return Refuse(inference, errors);
        context.Response.ContentType = "application/x-ndjson";
        for (int i = 0; i < pictures.Count; i++)
        {
            // Who has gone away is not computed for; what was done until then is on the books as an abandoned inference.
            context.RequestAborted.ThrowIfCancellationRequested();
            DigitPrediction prediction = models[inference.Model!].Classify(pictures[i])[0];
            inference.Units = i + 1;
            await JsonSerializer.SerializeAsync(context.Response.Body, prediction, JsonSerializerOptions.Web, context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        return TypedResults.Empty;
    }

    /// <summary>Asks every model that may run: several inferences within one request, each admitted, and on its own model's account.</summary>
    public static IResult Compare(PredictRequest request, DigitModels models, HttpContext context)
    {
        IInferenceFeature inference = context.GetInference()!;
        if (!request.TryRead(out PictureBatch pictures, out Dictionary<string, string[]> errors)) return Refuse(inference, errors);
        List<PredictResponse> answers = [];
        foreach (string name in DigitModels.Names)
        {
            // Who is degraded would only ask a smaller model twice.
            using Admission admission = inference.TryAdmit(name);
            if (!admission.MayRun || admission.DegradeTo is not null) continue;
            using RequestInference one = inference.Begin(name, admission);
            answers.Add(new PredictResponse(name, false, models[name].Classify(pictures)));
            one.Complete(units: pictures.Count);
        }

        if (answers.Count == 0) return TypedResults.Problem("No model may run at present.", statusCode: StatusCodes.Status429TooManyRequests);
        int agreed = Enumerable.Range(0, pictures.Count).Count(i => answers.Select(answer => answer.Predictions[i].Digit).Distinct().Count() == 1);
        return TypedResults.Ok(new CompareResponse(answers, agreed));
    }

    // A status below 500 is no failure of the service; yet nothing was inferred, which only the handler knows.
    private static IResult Refuse(IInferenceFeature inference, Dictionary<string, string[]> errors)
    {
        inference.Outcome = InferenceOutcome.Failed;
        return TypedResults.ValidationProblem(errors);
    }
}
