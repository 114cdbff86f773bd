using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Carbon;

public class FallbackCarbonIntensityTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 3, 10, 20, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(_start);

    [Fact]
    public async Task GetAsync_FirstHasAFactorForNow_OthersAreNotAsked()
    {
        ScriptedCarbonProvider first = new("first", _ => ScriptedCarbonProvider.Hour(_start));
        ScriptedCarbonProvider second = new("second", _ => ScriptedCarbonProvider.Hour(_start));

        CarbonIntensityAnswer answer = await Ask(first, second);

        Assert.Equal(("first", 0, 0), (answer.AnsweredBy, answer.Factors[0].FallbackRank, second.Asked));
        Assert.Empty(answer.Skipped);
    }

    [Theory]
    [InlineData(CarbonGap.NoData)]
    [InlineData(CarbonGap.Unauthorized)]
    [InlineData(CarbonGap.Malformed)]
    [InlineData(CarbonGap.Unreachable)]
    public async Task GetAsync_FirstRefuses_SecondAnswersWithItsRankAndTheReasonOfTheFirst(CarbonGap gap)
    {
        CarbonIntensityAnswer answer = await Ask(
            new ScriptedCarbonProvider("first", _ => CarbonIntensityAnswer.Refused(gap, "said no")),
            new ScriptedCarbonProvider("second", _ => ScriptedCarbonProvider.Hour(_start, 42)));

        Assert.Equal(("second", 42.0, 1), (answer.AnsweredBy, answer.Factors[0].Intensity.GramsPerKilowattHour, answer.Factors[0].FallbackRank));
        SkippedCarbonProvider skipped = Assert.Single(answer.Skipped);
        Assert.Equal(("first", gap, "said no", "first: said no"), (skipped.Name, skipped.Gap, skipped.Reason, skipped.ToString()));
    }

    [Theory]
    [InlineData(-60, CarbonGap.Stale)]
    [InlineData(1, CarbonGap.NoData)]
    public async Task GetAsync_FactorsDoNotHoldNow_NextIsAsked(int minutes, CarbonGap gap)
    {
        CarbonIntensityAnswer answer = await Ask(
            new ScriptedCarbonProvider("first", _ => ScriptedCarbonProvider.Hour(_start.AddMinutes(minutes))),
            new ScriptedCarbonProvider("second", _ => ScriptedCarbonProvider.Hour(_start)));

        Assert.Equal(("second", gap), (answer.AnsweredBy, Assert.Single(answer.Skipped).Gap));
        Assert.Equal("first: none of its factors (1) holds at 2026-11-03 10:20:00Z", answer.Skipped[0].ToString());
    }

    [Fact]
    public async Task GetAsync_ProviderThrows_CountsAsUnreachable()
    {
        CarbonIntensityAnswer answer = await Ask(
            new ScriptedCarbonProvider("first", _ => throw new NotSupportedException("not here")),
            new ScriptedCarbonProvider("timed out", _ => throw new OperationCanceledException("own clock")),
            new ScriptedCarbonProvider("null", _ => null!),
            new ScriptedCarbonProvider("last", _ => ScriptedCarbonProvider.Hour(_start)));

        Assert.Equal(
            [
                "first: threw NotSupportedException: not here",
                "timed out: threw OperationCanceledException: own clock",
                "null: answered null",
            ],
            answer.Skipped.Select(skipped => skipped.ToString()));
        Assert.Equal([CarbonGap.Unreachable, CarbonGap.Unreachable, CarbonGap.Malformed], answer.Skipped.Select(skipped => skipped.Gap));
    }

    [Fact]
    public async Task GetAsync_CallerCancels_Propagates()
    {
        using CancellationTokenSource source = new();
        ScriptedCarbonProvider second = new("second", _ => ScriptedCarbonProvider.Hour(_start));
        FallbackCarbonIntensity fallback = new([new ScriptedCarbonProvider("first", Cancelled), second], _time);

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await fallback.GetAsync(source.Token));
        Assert.Equal(0, second.Asked);

        CarbonIntensityAnswer Cancelled(CancellationToken token)
        {
            source.Cancel();
            throw new OperationCanceledException(token);
        }
    }

    [Fact]
    public async Task GetAsync_FactorOfAnotherKindThanAnnounced_IsSkipped()
    {
        CarbonIntensityAnswer answer = await Ask(new ScriptedCarbonProvider("liar", _ => CarbonIntensityAnswer.Of(
            ScriptedCarbonProvider.Hour(_start).Factors[0] with { Kind = new CarbonKind(CarbonSignal.Marginal, CarbonBasis.Location, CarbonBoundary.Lifecycle) })));

        Assert.Equal(CarbonGap.WrongKind, answer.Gap);
        Assert.Contains("liar: announces 'average, location, lifecycle' and gave a factor that is 'marginal, location, lifecycle'", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_AllRefuse_FirstGapAndEveryReason()
    {
        CarbonIntensityAnswer answer = await Ask(
            new ScriptedCarbonProvider("first", _ => CarbonIntensityAnswer.Refused(CarbonGap.Unauthorized, "key refused")),
            new ScriptedCarbonProvider("second", _ => CarbonIntensityAnswer.Refused(CarbonGap.NoData, "empty", TimeSpan.FromMinutes(1))));

        Assert.Equal((CarbonGap.Unauthorized, null, null), (answer.Gap, answer.AnsweredBy, answer.RetryAfter));
        Assert.Equal("No provider has a factor for now. first: key refused; second: empty", answer.Reason);
        Assert.Equal(["first", "second"], answer.Skipped.Select(skipped => skipped.Name));
    }

    [Fact]
    public async Task GetAsync_AskedToWait_IsNotAskedBeforeThatTimeIsOver()
    {
        Queue<CarbonIntensityAnswer> answers = new(
        [
            CarbonIntensityAnswer.Refused(CarbonGap.RateLimited, "too many", TimeSpan.FromSeconds(90)),
            ScriptedCarbonProvider.Hour(_start),
        ]);
        ScriptedCarbonProvider first = new("first", _ => answers.Dequeue());
        FallbackCarbonIntensity fallback = new([first, new ScriptedCarbonProvider("second", _ => ScriptedCarbonProvider.Hour(_start))], _time);

        Assert.Equal("too many", (await Get(fallback)).Skipped[0].Reason);
        _time.Advance(TimeSpan.FromSeconds(89.5));
        CarbonIntensityAnswer paused = await Get(fallback);
        Assert.Equal((1, CarbonGap.RateLimited), (first.Asked, paused.Skipped[0].Gap));
        Assert.Equal("too many (not asked for another 1 s, as it wished)", paused.Skipped[0].Reason);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(("first", 2), ((await Get(fallback)).AnsweredBy, first.Asked));
    }

    [Fact]
    public async Task GetAsync_AllAskToWait_SaysWhenTheFirstMayBeAsked()
    {
        FallbackCarbonIntensity fallback = new(
            [Waiting("first", TimeSpan.FromMinutes(5)), Waiting("second", TimeSpan.FromMinutes(2)), Waiting("third", TimeSpan.MaxValue)], _time);

        Assert.Equal(TimeSpan.FromMinutes(2), (await Get(fallback)).RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), (await Get(fallback)).RetryAfter);

        static ScriptedCarbonProvider Waiting(string name, TimeSpan wait) =>
            new(name, _ => CarbonIntensityAnswer.Refused(CarbonGap.RateLimited, "wait", wait));
    }

    [Fact]
    public void Constructor_ProvidersOfTwoKinds_NamesBoth()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new FallbackCarbonIntensity(
            [
                new ScriptedCarbonProvider("life", _ => null!),
                new ScriptedCarbonProvider("burn", _ => null!) { Kind = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Direct) },
            ],
            _time));

        Assert.StartsWith(
            "Provider 'life' gives factors that are 'average, location, lifecycle' and 'burn' ones that are 'average, location, direct': "
            + "grams of different kinds do not add up. Configure providers of one kind.",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoProviderOrNull_Throws()
    {
        Assert.Throws<ArgumentException>(() => new FallbackCarbonIntensity([], _time));
        Assert.Throws<ArgumentException>(() => new FallbackCarbonIntensity([null!], _time));
        Assert.Throws<ArgumentNullException>(() => new FallbackCarbonIntensity(null!, _time));
        Assert.Throws<ArgumentNullException>(() => new FallbackCarbonIntensity([new ScriptedCarbonProvider("a", _ => null!)], null!));
    }

    [Fact]
    public void Name_SaysTheOrder() =>
        Assert.Equal("a, then b", new FallbackCarbonIntensity([new ScriptedCarbonProvider("a", _ => null!), new ScriptedCarbonProvider("b", _ => null!)], _time).Name);

    [Fact]
    public void Answer_ListChangesAfterwards_AnswerDoesNot()
    {
        List<CarbonFactor> factors = [.. ScriptedCarbonProvider.Hour(_start).Factors];
        CarbonIntensityAnswer answer = CarbonIntensityAnswer.Of(factors);
        factors.Clear();

        Assert.Single(answer.Factors);
    }

    private ValueTask<CarbonIntensityAnswer> Ask(params ICarbonIntensityProvider[] providers) => Get(new FallbackCarbonIntensity(providers, _time));

    private static ValueTask<CarbonIntensityAnswer> Get(FallbackCarbonIntensity fallback) => fallback.GetAsync(TestContext.Current.CancellationToken);
}
