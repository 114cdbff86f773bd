namespace GreenAI.Metering;

/// <summary>How many requests got which verdict, by rule, over all policies since the start; and which of them observers were told of.</summary>
/// <remarks>
/// A request counts for each budget and target it falls under: with its verdict for the one that decided, as Allow for the others. A request that still holds the
/// path of an old policy is counted there: paths are read live until the policy after the next one, then folded.
/// </remarks>
internal sealed class DecisionTotals
{
    private readonly object _gate = new();
    private readonly Dictionary<string, long[]> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<(AdmissionPath Path, bool IsShadow), long[]> _told = [];
    private BudgetGeneration? _current;
    private BudgetGeneration? _before;

    /// <summary>Another policy comes into force.</summary>
    public void Begin(BudgetGeneration? generation)
    {
        lock (_gate)
        {
            if (_before is not null) Add(_folded, _before);
            foreach ((AdmissionPath path, bool shadow) in _told.Keys.Where(key => key.Path.Generation == _before).ToList()) _told.Remove((path, shadow));
            (_before, _current) = (_current, generation);
        }
    }

    /// <summary>Counts by rule name; of each the verdicts from Allow to Deny.</summary>
    public IReadOnlyDictionary<string, long[]> Read()
    {
        lock (_gate)
        {
            Dictionary<string, long[]> totals = _folded.ToDictionary(pair => pair.Key, pair => (long[])pair.Value.Clone(), StringComparer.Ordinal);
            if (_before is not null) Add(totals, _before);
            if (_current is not null) Add(totals, _current);
            return totals;
        }
    }

    /// <summary>Tells of the decisions other than Allow that were made since this was called last.</summary>
    public void Tell(DateTimeOffset utc, Action<BudgetEvent> raise)
    {
        lock (_gate)
        {
            foreach (BudgetGeneration? generation in (BudgetGeneration?[])[_before, _current])
            {
                foreach (AdmissionPath path in generation?.Paths ?? [])
                {
                    Tell(path, path.Counts, isShadow: false, utc, raise);
                    if (path.Shadows is { } shadows) Tell(path, shadows, isShadow: true, utc, raise);
                }
            }
        }
    }

    private void Tell(AdmissionPath path, DecisionCounts counts, bool isShadow, DateTimeOffset utc, Action<BudgetEvent> raise)
    {
        _told.TryGetValue((path, isShadow), out long[]? told);
        for (int rule = 0; rule < path.Rules.Length; rule++)
        {
            for (Verdict verdict = Verdict.Warn; verdict <= Verdict.Deny; verdict++)
            {
                int counter = DecisionCounts.Of(rule, verdict);
                long count = counts.Read(counter), more = count - (told?[counter] ?? 0);
                if (more == 0) continue;
                if (told is null) _told[(path, isShadow)] = told = new long[counts.Length];
                told[counter] = count;
                AdmissionState state = path.State;
                bool same = !isShadow && state.Decider == path.Rules[rule] && state.Verdict == verdict;
                Standing standing = path.Rules[rule].Standing;
                raise(new BudgetEvent
                {
                    Kind = BudgetEventKind.Decisions,
                    Time = utc,
                    PolicyHash = path.Generation.Hash,
                    Rule = path.Rules[rule].Id,
                    Part = path.Rules[rule].Part,
                    Verdict = verdict,
                    Decision = same ? state.Decision : standing.OwnVerdict == verdict ? standing.Decision : 0,
                    Count = more,
                    IsShadow = isShadow,
                    Model = path.Model,
                    Tenant = path.Tenant.Length == 0 ? null : path.Tenant,
                    Waiver = standing.Waiver,
                    Reason = same ? state.Reason : path.RefusalReason(rule, verdict) ?? standing.Reason,
                });
            }
        }
    }

    private static void Add(Dictionary<string, long[]> totals, BudgetGeneration generation)
    {
        foreach (AdmissionPath path in generation.Paths)
        {
            long all = 0;
            for (int counter = 0; counter < path.Counts.Length; counter++) all += path.Counts.Read(counter);
            for (int rule = 0; rule < path.Rules.Length; rule++)
            {
                if (!totals.TryGetValue(path.Rules[rule].Name, out long[]? row)) totals[path.Rules[rule].Name] = row = new long[DecisionCounts.Verdicts];
                long others = all;
                for (Verdict verdict = Verdict.Warn; verdict <= Verdict.Deny; verdict++)
                {
                    long count = path.Counts.Read(DecisionCounts.Of(rule, verdict));
                    row[(int)verdict] += count;
                    others -= count;
                }

                row[0] += others;
            }
        }
    }
}
