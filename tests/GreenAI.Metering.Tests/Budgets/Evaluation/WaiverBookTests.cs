using CsCheck;

namespace GreenAI.Metering.Tests;

public class WaiverBookTests
{
    private static readonly DateTimeOffset _from = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), _expires = _from.AddDays(30);

    private static readonly WaiverSubject _subject = new("resnet50", "acme", "vision", "host-1");

    [Fact]
    public void Find_ByTime_AppliesFromItsStartUntilItExpires()
    {
        WaiverBook book = new([Waiver("W-1", "cpi")]);
        Assert.Equal(WaiverUse.NotYet, book.Find("cpi", _subject, _from.AddTicks(-1), 0).Use);
        Assert.True(book.Find("cpi", _subject, _from, 0).Applies);
        Assert.True(book.Find("cpi", _subject, _expires.AddTicks(-1), 0).Applies);
        Assert.Equal(WaiverUse.Expired, book.Find("cpi", _subject, _expires, 0).Use);
        Assert.Equal(new WaiverAnswer(WaiverUse.None, null), book.Find("other", _subject, _from, 0));
    }

    [Theory]
    [InlineData(0, nameof(WaiverUse.Applies))]
    [InlineData(4_999_999, nameof(WaiverUse.Applies))]
    [InlineData(5_000_000, nameof(WaiverUse.UsedUp))]
    public void Find_ByCap_AppliesWhileLessIsSpentBeyondTheLimit(long beyond, string use) =>
        Assert.Equal(use, new WaiverBook([Waiver("W-1", "cpi", cap: 5_000_000)]).Find("cpi", _subject, _from, beyond).Use.ToString());

    [Theory]
    [InlineData(null, null, null, null, true)]
    [InlineData("resnet50", "acme", "vision", "host-1", true)]
    [InlineData("*", "*", null, "*", true)]
    [InlineData("resnet18", null, null, null, false)]
    [InlineData("ResNet50", null, null, null, false)]
    [InlineData(null, "other", null, null, false)]
    [InlineData(null, null, "other", null, false)]
    [InlineData(null, null, null, "other", false)]
    public void Find_ByScope_AllPartsThatAreGivenMustMatch(string? model, string? tenant, string? service, string? host, bool applies)
    {
        var scope = new BudgetScope { Model = model, Tenant = tenant, Service = service, Host = host };
        Assert.Equal(applies, new WaiverBook([Waiver("W-1", "cpi", scope: scope)]).Find("cpi", _subject, _from, 0).Applies);
    }

    [Fact]
    public void Find_ScopeOfAModel_IsNotForWhatHasNone() =>
        Assert.Equal(WaiverUse.OutOfScope, new WaiverBook([Waiver("W-1", "cpi", scope: new BudgetScope { Model = "resnet50" })]).Find("cpi", default, _from, 0).Use);

    [Fact]
    public void Find_Several_TheFirstThatAppliesElseTheNearest()
    {
        WaiverBook book = new([Waiver("W-1", "cpi", cap: 10), Waiver("W-2", "cpi", cap: 20), Waiver("W-3", "cpi", cap: 20)]);
        Assert.Equal("W-1", book.Find("cpi", _subject, _from, 0).Waiver!.Id);
        Assert.Equal("W-2", book.Find("cpi", _subject, _from, 15).Waiver!.Id);
        Assert.Equal((WaiverUse.UsedUp, "W-1"), (book.Find("cpi", _subject, _from, 20).Use, book.Find("cpi", _subject, _from, 20).Waiver!.Id));
    }

    [Fact]
    public void Find_AnyTimes_AppliesExactlyWithinThem()
    {
        Gen.Select(Gen.Int[-60, 60], Gen.Int[0, 60], Gen.Int[-90, 150], Gen.Long[0, 10], Gen.Long[0, 10]).Sample(static (from, days, at, cap, beyond) =>
        {
            var waiver = new Waiver
            {
                Id = "W",
                Rule = "cpi",
                Reason = "r",
                ApprovedBy = "b",
                From = _from.AddDays(from),
                Expires = _from.AddDays(from + days),
                CapMicrounits = cap,
            };
            Assert.Equal(at >= from && at < from + days && beyond < cap, new WaiverBook([waiver]).Find("cpi", _subject, _from.AddDays(at), beyond).Applies);
        });
    }

    [Fact]
    public void Find_AllocatesNothing()
    {
        WaiverBook book = new([Waiver("W-1", "cpi"), Waiver("W-2", "other")]);
        int found = 0;
        AllocationAssert.Zero(() => found += book.Find("other", _subject, _from, 0).Applies ? 1 : 0);
        Assert.True(found > 0);
    }

    private static Waiver Waiver(string id, string rule, long? cap = null, BudgetScope? scope = null) => new()
    {
        Id = id,
        Rule = rule,
        Reason = "migration",
        ApprovedBy = "board",
        From = _from,
        Expires = _expires,
        CapMicrounits = cap,
        Scope = scope ?? new BudgetScope(),
    };
}
