using GreenAI.Metering.Samples;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A fake tree, the source detected in it, and the sum of what its devices gained between good readings.</summary>
internal sealed class RaplRig : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, long> _previous = [];
    private readonly Dictionary<string, long> _gained = [];
    private SourceDetection? _detection;

    public RaplRig() => Tree = PowercapTree.CreateEmpty(Root);

    public RaplRig(PowercapTreeOptions options) => Tree = PowercapTree.Create(Root, options);

    public PowercapTree Tree { get; }

    public FakeTimeProvider Time { get; } = new();

    public string Root => _folder.Path;

    public SourceContext Context => new(Root, "/proc", Time);

    public SourceDetection Detection => _detection ??= RaplDetection.Detect(Context);

    public IPowerSource Source => Detection.Source ?? throw new InvalidOperationException(string.Join('\n', Detection.Findings));

    /// <summary>Microjoules gained by all devices so far.</summary>
    public long Gained => _gained.Values.Sum();

    /// <summary>The findings on one text.</summary>
    public string Report => string.Join('\n', Detection.Findings);

    /// <summary>Reads all devices once and books what each gained since its last good reading.</summary>
    public PowerSample[] Tick(TimeSpan advance = default)
    {
        Time.Advance(advance);
        PowerSample[] samples = new PowerSample[Source.Devices.Count];
        Source.Read(samples);
        for (int i = 0; i < samples.Length; i++)
        {
            if (samples[i].Fault != SampleFault.None) continue;
            string id = Source.Devices[i].Id;
            if (_previous.TryGetValue(id, out long previous)) Book(id, samples[i].Microjoules - previous, i);
            _previous[id] = samples[i].Microjoules;
        }

        return samples;
    }

    public long GainedBy(string id) => _gained.GetValueOrDefault(id);

    public string[] Ids() => [.. Source.Devices.Select(static device => device.Id)];

    public void Dispose()
    {
        _detection?.Source?.Dispose();
        Tree.Dispose();
        _folder.Dispose();
    }

    private void Book(string id, long delta, int device)
    {
        if (delta < 0) delta += Source.Devices[device].CounterRangeMicrojoules;
        _gained[id] = _gained.GetValueOrDefault(id) + delta;
    }
}
