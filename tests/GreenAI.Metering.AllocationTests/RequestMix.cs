namespace GreenAI.Metering.AllocationTests;

/// <summary>Requests of every kind in turn.</summary>
/// <param name="meter">The meter.</param>
/// <param name="admits">Whether each asks to be admitted first, for one of two tenants, and each eighth beside for an admission that it gives back.</param>
internal sealed class RequestMix(EnergyMeter meter, bool admits)
{
    /// <summary>Requests after which the mix repeats: <see cref="Succeeded"/>, <see cref="Failed"/> and <see cref="Abandoned"/> of them.</summary>
    public const int Cycle = 8;
    public const int Succeeded = 5;
    public const int Failed = 1;
    public const int Abandoned = 2;

    private const string ByName = "model-by-name";
    private readonly ModelHandle[] _models = [meter.Model("model-a"), meter.Model("model-b"), meter.Model("model-c"), meter.Model(ByName)];
    private readonly TenantHandle[] _tenants = [meter.Tenant("tenant-a"), meter.Tenant("tenant-b")];

    /// <summary>Runs the request of a number; untracked ones are counted by the meter as dropped.</summary>
    public void Run(int number)
    {
        ModelHandle model = _models[(number / Cycle) % _models.Length];
        switch (number % Cycle)
        {
            case 0:
                Succeed(Begin(model, number));
                break;
            case 1:
                Begin(model, number).Complete(units: 32);
                break;
            case 2:
                Begin(model, number).Fail();
                break;
            case 3:
                Wait(Begin(model, number)).Complete();
                break;
            case 4:
                using (Begin(model, number))
                {
                    // Left without completion: abandoned.
                }

                break;
            case 5:
                using (InferenceScope suspended = Begin(model, number)) suspended.Suspend();
                break;
            case 6:
                CompleteTwice(Begin(model, number));
                break;
            default:
                if (admits) meter.TryAdmit(model).Dispose();
                meter.Begin(ByName).Complete();
                break;
        }
    }

    private InferenceScope Begin(ModelHandle model, int number)
    {
        if (!admits) return meter.Begin(model);
        Admission admission = meter.TryAdmit(new AdmissionRequest(model) { Tenant = _tenants[number % 2], Priority = "interactive" });
        return meter.Begin(model, admission);
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
