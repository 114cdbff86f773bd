namespace GreenAI.Metering.Checks;

/// <summary>What every ledger must do. A test class of a ledger derives from this and makes the rig.</summary>
public abstract partial class LedgerConformance
{
    private const long Limit = 1_000_000;

    // A hundredth of the limit: what a lease is granted while much is left.
    private const long Usual = Limit / 100;

    /// <summary>Makes an empty ledger and its clock.</summary>
    protected abstract Task<ILedgerRig> CreateAsync();

    private static TimeSpan TimeToLive(ILedgerRig rig) => 30 * rig.Second;

    private static TestHolder Holder(ILedgerRig rig, LedgerAccount account, string name = "a") => new(rig.Ledger, name, TimeToLive(rig)) { Account = account };

    private static Task ExpireAsync(ILedgerRig rig) => rig.AdvanceAsync(TimeToLive(rig) + rig.Slack + rig.Second);

    private static void IsCharged(LedgerBalance? balance, long settled, long outstanding, long forfeited = 0, long overrun = 0)
    {
        Assert.NotNull(balance);
        Assert.True(
            (balance.Settled, balance.Outstanding, balance.Forfeited, balance.Overrun) == (settled, outstanding, forfeited, overrun),
            FormattableString.Invariant($"Not settled {settled}, outstanding {outstanding}, forfeited {forfeited}, overrun {overrun}: {balance.Text()}"));
    }
}
