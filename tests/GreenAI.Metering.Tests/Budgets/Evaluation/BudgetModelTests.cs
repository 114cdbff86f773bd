using CsCheck;

namespace GreenAI.Metering.Tests;

public class BudgetModelTests
{
    private const double Limit = 1e12;

    // Zones whose clocks do not move at midnight, so that a period is what the wall shows.
    private static readonly string[] _zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "America/St_Johns"];

    // Just before summer time begins or ends somewhere, a leap day, and a new year.
    private static readonly DateTime[] _starts = [new(2026, 3, 8, 2, 0, 0), new(2026, 3, 28, 20, 0, 0), new(2026, 10, 24, 18, 0, 0), new(2026, 4, 4, 8, 0, 0), new(2028, 2, 28), new(2026, 12, 31)];

    private static readonly Gen<LadderStep> _step =
        from at in Gen.Double[0.01, 1.2]
        from clear in Gen.Double[0.3, 1]
        from hasClear in Gen.Bool
        from minutes in Gen.Int[0, 300]
        from forecast in Gen.Bool
        from verdict in Gen.Enum<Verdict>()
        from gated in Gen.Bool
        select new LadderStep
        {
            At = at,
            Clear = hasClear ? at * clear : null,
            Dwell = TimeSpan.FromMinutes(minutes / 100 * minutes),
            On = forecast ? LadderMeasure.Forecast : LadderMeasure.Actual,
            Action = new BudgetAction { Verdict = verdict },
            MinTier = gated ? MeasurementTier.Measured : null,
        };

    private static readonly Gen<BurnRule> _burn =
        from minutes in Gen.Int[10, 600]
        from part in Gen.Int[1, 12]
        from factor in Gen.Double[0.2, 10]
        from least in Gen.Long[0, 100]
        from verdict in Gen.Enum<Verdict>()
        select new BurnRule
        {
            Long = TimeSpan.FromMinutes(minutes),
            Short = TimeSpan.FromMinutes(minutes) / part,
            Factor = factor,
            MinInferences = least,
            Action = new BudgetAction { Verdict = verdict },
        };

    private static readonly Gen<BudgetDefinition> _budget =
        from type in Gen.Int[0, 5]
        from unit in Gen.OneOfConst(CalendarUnit.Hour, CalendarUnit.Day, CalendarUnit.Month)
        from zone in Gen.Int[0, _zones.Length - 1]
        from minutes in Gen.Int[1, 3000]
        from ladder in _step.Array[0, 4]
        from burn in _burn.Array[0, 2]
        select new BudgetDefinition
        {
            Id = "b",
            Kind = BudgetKind.Energy,
            LimitMicrounits = Limit,
            Window = type switch
            {
                0 => new BudgetWindow { Type = BudgetWindowType.Lifetime },
                1 => new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromMinutes(minutes) },
                _ => Zones.Window(unit, _zones[zone]),
            },
            Ladder = ladder,
            Burn = burn,
        };

    // Steps from a second to hours, and sometimes none at all.
    private static readonly Gen<(long Step, long Spent, int Requests, bool Modelled)> _tick =
        from digits in Gen.Double[0, 4.1]
        from stands in Gen.Int[0, 20]
        from share in Gen.Double[0, 0.2]
        from idle in Gen.Int[0, 3]
        from requests in Gen.Int[0, 20]
        from modelled in Gen.Bool
        select (stands == 0 ? 0 : (long)(Math.Pow(10, digits) * TimeSpan.TicksPerSecond), idle == 0 ? 0 : (long)(share * share * Limit), requests, modelled);

    [Fact]
    public void Update_AnyScheduleOverEdgesZonesAndSummerTime_IsWhatTheReferenceSays()
    {
        foreach (string zone in _zones) Zones.Need(zone);
        int verdicts = 0, periods = 0, burns = 0, forecasts = 0;
        Gen.Select(_budget, Gen.Int[0, _starts.Length - 1], _tick.Array[1, 80], Gen.Bool).Sample(
            (definition, start, ticks, told) =>
            {
                // Without being told, a rolling window's pace misses what falls out between two ticks.
                told |= definition.Window.Type == BudgetWindowType.Rolling;
                var reference = new ReferenceBudget(definition, TimeZoneInfo.FindSystemTimeZoneById(definition.Window.TimeZone));
                var assessor = new BudgetAssessor(definition);
                long now = _starts[start].Ticks;
                var first = new DateTimeOffset(now, TimeSpan.Zero);
                var tracker = new PeriodTracker(definition.Window, first, first);
                long firstLength = 0;
                double charged = 0, modelled = 0;
                long requests = 0;
                foreach ((long step, long spent, int asked, bool low) in ticks)
                {
                    now += step;
                    bool moved = tracker.MoveTo(new DateTimeOffset(now, TimeSpan.Zero));
                    reference.Tick(now, spent, asked);
                    if (charged > 0 || requests > 0) Assert.True(moved == reference.IsNewPeriod || definition.Window.Type != BudgetWindowType.Calendar);
                    charged += spent;
                    requests += asked;
                    modelled = low ? 0.02 : 0;
                    BudgetPeriod period = tracker.Current;
                    if (firstLength == 0) firstLength = period.End.Ticks - period.Start.Ticks;
                    Verdict before = assessor.Verdict;
                    assessor.Update(new BudgetFigures
                    {
                        UtcTicks = now,
                        PeriodStartTicks = period.Start.Ticks,
                        PeriodEndTicks = period.End.Ticks,
                        Limit = Limit,
                        Spent = reference.Spent,
                        Charged = told ? charged : double.NaN,
                        Requests = requests,
                        SpentModelled = modelled * reference.Spent,
                        SpentMeasured = (1 - modelled) * reference.Spent,
                    });
                    Assert.Equal(reference.Spent / Limit, assessor.Fraction);
                    Same(Forecast(definition, reference, period, firstLength, now), assessor.Forecast, Limit);
                    for (int i = 0; i < definition.Burn.Count; i++) CheckBurn(definition, reference, assessor, period, i, now);
                    double lowShare = reference.Spent > 0 ? modelled : 0;
                    Assert.Equal(reference.Decide(Limit, assessor.Forecast, lowShare, assessor.IsBurnActive), assessor.Verdict);
                    for (int i = 0; i < definition.Ladder.Count; i++) Assert.Equal(reference.StepIsActive(i), assessor.IsStepActive(i));
                    Assert.Equal(before, assessor.Before);
                    Assert.True(assessor.Changed || before == assessor.Verdict);
                    Assert.True(assessor.RetryAfter(now) > TimeSpan.Zero == assessor.Verdict >= Verdict.Delay);
                    Assert.NotEmpty(assessor.Explain(period.Id));
                    Interlocked.Add(ref verdicts, assessor.Verdict != before ? 1 : 0);
                    Interlocked.Add(ref periods, moved ? 1 : 0);
                    Interlocked.Add(ref forecasts, assessor.Forecast > Limit ? 1 : 0);
                    for (int i = 0; i < definition.Burn.Count; i++) Interlocked.Add(ref burns, assessor.IsBurnActive(i) ? 1 : 0);
                }
            },
            iter: 2000);
        Assert.True(verdicts > 1000 && periods > 1000 && forecasts > 1000 && burns > 1000, $"Too little happened: {verdicts} verdicts, {periods} periods, {forecasts} forecasts, {burns} burn rules.");
    }

    private static double Forecast(BudgetDefinition definition, ReferenceBudget reference, in BudgetPeriod period, long firstLength, long now)
    {
        if (definition.Window.Type == BudgetWindowType.Lifetime) return double.NaN;
        bool rolls = definition.Window.Type == BudgetWindowType.Rolling;
        long length = period.End.Ticks - period.Start.Ticks, passed = rolls ? reference.Seen : now - period.Start.Ticks;
        if (passed == 0 || passed < length / 100) return reference.Spent >= Limit ? reference.Spent : double.NaN;

        // Days and months differ in length: the look-back is that of the first.
        long lookBack = Math.Max(firstLength / 10, Math.Min(firstLength, TimeSpan.TicksPerMinute));
        long covered = Covered(TimeSpan.FromTicks(lookBack), reference, now);
        bool known = reference.Seen >= lookBack && passed >= covered;
        if (rolls) return known ? reference.SpentIn(covered) / covered * length : reference.Spent;
        double pace = known ? reference.SpentIn(covered) / covered : reference.Spent / passed;
        return reference.Spent + (pace * (period.End.Ticks - now));
    }

    private static void CheckBurn(BudgetDefinition definition, ReferenceBudget reference, BudgetAssessor assessor, in BudgetPeriod period, int i, long now)
    {
        BurnRule rule = definition.Burn[i];
        bool known = definition.Window.Type != BudgetWindowType.Lifetime && reference.Seen >= rule.Short.Ticks;
        double pace = Limit / (period.End.Ticks - period.Start.Ticks);
        foreach (bool isLong in new[] { true, false })
        {
            long covered = Covered(isLong ? rule.Long : rule.Short, reference, now);
            Same(known ? reference.SpentIn(covered) / covered / pace : double.NaN, assessor.BurnRate(i, isLong), 1);
        }

        if (assessor.IsBurnActive(i)) Assert.True(assessor.BurnRate(i, true) >= rule.Factor && assessor.BurnRate(i, false) >= rule.Factor);
    }

    // Sixty buckets and the part of one that has passed.
    private static long Covered(TimeSpan length, ReferenceBudget reference, long now)
    {
        long width = (length.Ticks + 59) / 60;
        return Math.Min(reference.Seen, (60 * width) + (now % width));
    }

    // Whole microjoules are rounded at edges of buckets.
    private static void Same(double expected, double actual, double scale) =>
        Assert.True(
            double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-6 * (Math.Abs(expected) + scale),
            $"{expected} expected, {actual} found.");
}
