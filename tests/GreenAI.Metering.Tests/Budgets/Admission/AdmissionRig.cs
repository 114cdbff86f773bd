using Microsoft.Extensions.Time.Testing;
using GreenAI.Metering.Tests.Carbon;

namespace GreenAI.Metering.Tests.Budgets;

/// <summary>A meter with a policy, over a counter that the test drives: 10 W for a second is 10 J, all of it ours and above idle.</summary>
internal sealed class AdmissionRig : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 30, 23, 0, 0, TimeSpan.Zero);

    public AdmissionRig(BudgetPolicy? policy, IBudgetLedger? ledger = null, GreenAIMeteringOptions? options = null, double idleWatts = 0, MeasurementTier tier = MeasurementTier.Measured, FakeTimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider(Start);
        PowerDevice plain = CarbonRigs.Plain(idleWatts: idleWatts);
        Source = new FakePowerSource(Time, new PowerDevice
        {
            Id = plain.Id,
            Name = plain.Name,
            Domain = plain.Domain,
            Tier = tier,
            IdlePower = plain.IdlePower,
            SharedByCpuTime = false,
            UpdatePeriod = plain.UpdatePeriod,
        });
        options ??= CarbonRigs.Constant(360, 1);
        options.Budgets.Service ??= "answers";
        options.Budgets.Host ??= "host-1";
        Meter = new EnergyMeter(options, new MeterEnvironment
        {
            TimeProvider = Time,
            Sources = [Source],
            ProcessorTimes = Processor,
            LoggerFactory = Logs,
            MeterFactory = Meters,
            Policy = policy,
            Ledger = ledger,
            BudgetObservers = [Events],
        });
        Model = Meter.Model("large");
        Meter.Engine.Tick();
    }

    public FakeTimeProvider Time { get; }

    public FakePowerSource Source { get; }

    public FakeProcessorTimes Processor { get; } = new();

    public CollectingLoggerFactory Logs { get; } = new();

    public ScopedMeters Meters { get; } = new();

    public CollectingBudgetObserver Events { get; } = new();

    public EnergyMeter Meter { get; }

    public ModelHandle Model { get; }

    public BudgetStatus Status(string budget = "b", string part = "") => Meter.Budgets.Status().Single(status => status.Budget == budget && status.Part == part);

    /// <summary>Runs one admitted inference of a second at so many joules, and bills it.</summary>
    public Admission Spend(double joules, AdmissionRequest? request = null)
    {
        AdmissionRequest asked = request ?? new AdmissionRequest(Model) { Estimate = Energy.FromJoules(joules) };
        Admission admission = Meter.TryAdmit(asked);
        if (!admission.MayRun)
        {
            Tick();
            return admission;
        }

        InferenceScope scope = Meter.Begin(asked.Model, admission);
        Pass(joules);
        scope.Complete();
        Tick();
        return admission;
    }

    public void Pass(double joules, double seconds = 1)
    {
        Source.Burn(joules / seconds, TimeSpan.FromSeconds(seconds));
        Processor.Own += seconds;
        Processor.Busy += seconds;
        Time.Advance(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>A close right now: bills what has ended, and looks at the budgets.</summary>
    public void Tick() => Meter.Engine.Close(CloseMode.ForcedStandstill);

    /// <summary>Bills what has ended, tells the ledger what was spent, and looks at the budgets.</summary>
    public void Flush()
    {
        Tick();
        Assert.True(Meter.Budgets.FlushAsync().Wait(TimeSpan.FromSeconds(30)), "The exchange must end.");
        Tick();
    }

    public void Dispose()
    {
        Meter.Dispose();
        Meters.Dispose();
    }
}
