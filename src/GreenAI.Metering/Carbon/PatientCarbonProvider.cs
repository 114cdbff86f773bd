namespace GreenAI.Metering;

/// <summary>A provider that is waited for only so long, and asked again only when it has answered: one question at a time.</summary>
internal sealed class PatientCarbonProvider(ICarbonIntensityProvider provider, TimeProvider timeProvider) : ICarbonIntensityProvider
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private Task<CarbonIntensityAnswer>? _asked;

    public string Name => provider.Name;

    public CarbonKind Kind => provider.Kind;

    public async ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        if (_asked is { IsCompleted: false })
            return CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, "has not answered an earlier question yet");
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<CarbonIntensityAnswer> answer = _asked = AskAsync(limit);
        // Whom nobody waits for any more may fail: that is nobody's unobserved exception.
        _ = answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await answer.WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            // Whoever heeds no token may go on; what it answers then is not taken in.
            _ = limit.CancelAsync();
            return CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, "did not answer within a minute");
        }
    }

    private async Task<CarbonIntensityAnswer> AskAsync(CancellationTokenSource limit)
    {
        using (limit) return await provider.GetAsync(limit.Token).ConfigureAwait(false);
    }
}
