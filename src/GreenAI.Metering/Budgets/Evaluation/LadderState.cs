namespace GreenAI.Metering;

/// <summary>Which steps of a ladder are in force.</summary>
/// <remarks>
/// A step trips when its value is at or above <see cref="LadderStep.At"/> of the limit. It is lifted once the value is below
/// <see cref="LadderStep.Clear"/> of the limit and <see cref="LadderStep.Dwell"/> has passed since it tripped, and by a new period at once. A value that is not
/// known trips nothing, and counts as below. Not thread-safe; allocates at construction only.
/// </remarks>
internal sealed class LadderState(IReadOnlyList<LadderStep> steps)
{
    /// <summary>More of the spend than this with a lower tier, and a step only warns.</summary>
    public const double LowTierShare = 0.01;

    private readonly LadderStep[] _steps = [.. steps];
    private readonly bool[] _active = new bool[steps.Count];
    private readonly bool[] _lowTier = new bool[steps.Count];
    private readonly long[] _trippedAt = new long[steps.Count];

    /// <summary>Whether a step is in force.</summary>
    public bool IsActive(int step) => _active[step];

    /// <summary>Until when a step that is in force stays so at least, within its period.</summary>
    public long HeldUntil(int step) =>
        _steps[step].Dwell.Ticks > DateTime.MaxValue.Ticks - _trippedAt[step] ? DateTime.MaxValue.Ticks : _trippedAt[step] + _steps[step].Dwell.Ticks;

    /// <summary>Lifts all.</summary>
    /// <returns>Whether any was in force.</returns>
    public bool Reset()
    {
        bool any = Array.IndexOf(_active, true) >= 0;
        Array.Clear(_active);
        return any;
    }

    /// <summary>Trips and lifts.</summary>
    /// <returns>Whether anything tripped, was lifted, or does something else than before.</returns>
    public bool Update(in BudgetFigures figures, double value, double forecast)
    {
        bool changed = false;
        for (int i = 0; i < _steps.Length; i++)
        {
            LadderStep step = _steps[i];
            double measure = step.On == LadderMeasure.Forecast ? forecast : value;
            if (!_active[i] && measure >= step.At * figures.Limit)
            {
                _active[i] = changed = true;
                _trippedAt[i] = figures.UtcTicks;
            }
            else if (_active[i] && !(measure >= (step.Clear ?? step.At) * figures.Limit) && figures.UtcTicks >= HeldUntil(i))
            {
                _active[i] = false;
                changed = true;
            }

            bool low = step.MinTier is { } tier && figures.ShareBelow(tier) > LowTierShare;
            changed |= _active[i] && low != _lowTier[i];
            _lowTier[i] = low;
        }

        return changed;
    }

    /// <summary>The strictest step in force that applies to a priority; of equally strict ones the highest, then the first.</summary>
    /// <param name="priority">The priority; null for none.</param>
    /// <param name="wanted">The strictest verdict if tiers did not count.</param>
    public BudgetDecision Decide(string? priority, out Verdict wanted)
    {
        var best = new BudgetDecision(Verdict.Allow, BudgetRuleKind.None, 0, false);
        wanted = Verdict.Allow;
        for (int i = 0; i < _steps.Length; i++)
        {
            LadderStep step = _steps[i];
            if (!_active[i] || (priority is not null && IsExempt(step, priority))) continue;
            Verdict verdict = step.Action.Verdict;
            if (verdict > wanted) wanted = verdict;
            if (_lowTier[i] && verdict > Verdict.Warn) verdict = Verdict.Warn;
            if (best.Kind == BudgetRuleKind.None || verdict > best.Verdict || (verdict == best.Verdict && step.At > _steps[best.Index].At))
                best = new BudgetDecision(verdict, BudgetRuleKind.Ladder, i, false);
        }

        return best;
    }

    private static bool IsExempt(LadderStep step, string priority)
    {
        for (int i = 0; i < step.ExemptPriorities.Count; i++)
        {
            if (string.Equals(step.ExemptPriorities[i], priority, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
