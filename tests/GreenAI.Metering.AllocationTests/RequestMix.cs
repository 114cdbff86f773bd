namespace GreenAI.Metering.AllocationTests;

/// <summary>Requests of every kind in turn.</summary>
internal sealed class RequestMix(EnergyMeter meter)
{
    /// <summary>Requests after which the mix repeats: <see cref="Succeeded"/>, <see cref="Failed"/> and <see cref="Abandoned"/> of them.</summary>
    public const int Cycle = 8;
    public const int Succeeded = 5;
    public const int Failed = 1;
    public const int Abandoned = 2;

    private const string ByName = "model-by-name";
    private readonly ModelHandle[] _models = [meter.Model("model-a"), meter.Model("model-b"), meter.Model("model-c"), meter.Model(ByName)];

    /// <summary>Runs the request of a number; untracked ones are counted by the meter as dropped.</summary>
    public void Run(int number)
    {
        ModelHandle model = _models[(number / Cycle) % _models.Length];
        switch (number % Cycle)
        {
            case 0:
                Succeed(meter.Begin(model));
                break;
            case 1:
                meter.Begin(model).Complete(units: 32);
                break;
            case 2:
                meter.Begin(model).Fail();
                break;
            case 3:
                Wait(meter.Begin(model)).Complete();
                break;
            case 4:
                using (meter.Begin(model))
                {
                    // Left without completion: abandoned.
                }

                break;
            case 5:
                using (InferenceScope suspended = meter.Begin(model)) suspended.Suspend();
                break;
            case 6:
                CompleteTwice(meter.Begin(model));
                break;
            default:
                meter.Begin(ByName).Complete();
                break;
        }
    }

    private static void Succeed(InferenceScope scope)
    {
        using (scope) scope.Complete();
    }

    private static InferenceScope Wait(InferenceScope scope)
    {
        scope.Suspend();
        scope.Resume();
        return scope;
    }

    private static void CompleteTwice(InferenceScope scope)
    {
        scope.Complete();
        scope.Fail();
        scope.Dispose();
    }
}
