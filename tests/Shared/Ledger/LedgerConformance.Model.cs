using CsCheck;

namespace GreenAI.Metering.Checks;

public abstract partial class LedgerConformance
{
    private static readonly Gen<(LedgerStep Step, int Who, int Amount)[]> _steps =
        Gen.Select(Gen.Frequency(
            (10, Gen.Const(LedgerStep.Report)),
            (8, Gen.Const(LedgerStep.Spend)),
            (3, Gen.OneOfConst(LedgerStep.LoseReply, LedgerStep.Delay, LedgerStep.Replay)),
            (3, Gen.OneOfConst(LedgerStep.Overspend, LedgerStep.GiveBack, LedgerStep.Wait)),
            (1, Gen.OneOfConst(LedgerStep.Final, LedgerStep.Crash, LedgerStep.ChangeLimit, LedgerStep.Expire))), Gen.Int[0, 2], Gen.Int[0, 400]).Array[1, 80];

    /// <summary>How many runs of at most 80 steps a model-based test has.</summary>
    protected virtual int ModelRuns => 200;

    /// <summary>How many runs go on at once; -1: as many as there are processors.</summary>
    protected virtual int ModelThreads => -1;

    [Fact]
    public void Model_Lifetime_AgreesWithTheReference() => Compare(_ => LedgerAccounts.Lifetime(1_500), rolling: false);

    [Fact]
    public Task Model_CalendarWithCarryOver_AgreesWithTheReference() => ExactlyAsync(() => Compare(_ => LedgerAccounts.Minutely(1_500, carryOver: 0.5), rolling: false));

    [Fact]
    public Task Model_Rolling_AgreesWithTheReference() => ExactlyAsync(() => Compare(rig => LedgerAccounts.Rolling(1_500, 60 * rig.Second), rolling: true));

    private async Task ExactlyAsync(Action check)
    {
        await using (await CreateExactAsync()) check();
    }

    private void Compare(Func<ILedgerRig, LedgerAccount> account, bool rolling) => _steps.Sample(
        steps => CompareAsync(account, rolling, steps).GetAwaiter().GetResult(),
        iter: ModelRuns,
        threads: ModelThreads,
        print: static steps => string.Join(", ", steps.Select(static step => FormattableString.Invariant($"{step.Step} {step.Who} {step.Amount}"))));

    private async Task CompareAsync(Func<ILedgerRig, LedgerAccount> account, bool rolling, (LedgerStep Step, int Who, int Amount)[] steps)
    {
        await using ILedgerRig rig = await CreateAsync();
        LedgerAccount made = account(rig);
        ReferenceLedger reference = new(
            rig.ForfeitFor, made.Window.Type == BudgetWindowType.Calendar, rolling ? made.Window.Length : null, made.Window.CarryOver);
        await new LedgerModel(rig, reference, made).RunAsync(steps);
    }
}
