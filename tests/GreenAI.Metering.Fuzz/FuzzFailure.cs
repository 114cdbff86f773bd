namespace GreenAI.Metering.Fuzz;

/// <summary>A reader broke a promise.</summary>
internal sealed class FuzzFailure(string what) : Exception(what)
{
    public static void Unless(bool holds, string promise)
    {
        if (!holds) throw new FuzzFailure($"broken promise: {promise}");
    }
}
