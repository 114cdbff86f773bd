using System.Diagnostics.Metrics;
using System.Reflection;
using GreenAI.Metering.AspNetCore.Tests.Support;
using GreenAI.Metering.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Docs;

/// <summary>The table of request instruments in the README against the meter of a live host.</summary>
public sealed class RequestInstrumentTableTests
{
    private static IReadOnlyList<string[]> Documented => MarkdownTable.Rows(Readme.Text, "request instrument", "kind", "unit", "attributes", "meaning");

    [Fact]
    public async Task Table_IsTheLiveMeter_InBothDirections()
    {
        List<Instrument> instruments = [];
        using var published = new MeterListener { InstrumentPublished = (instrument, _) => Keep(instrument) };
        published.Start();
        using var labels = new LabelListener();
        await using WebRig rig = await WebRig.StartAsync(
            static app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/predict/{id}", static (int id) => id).WithInferenceMetering("m");
            },
            static (_, metering) => metering.AddRequestMetrics());
        await rig.Client.GetAsync(new Uri("/predict/7", UriKind.Relative), TestContext.Current.CancellationToken);
        await rig.SettledAsync(1);
        IMeterFactory factory = rig.App.Services.GetRequiredService<IMeterFactory>();
        await rig.Meter.DisposeAsync();
        string[] rows = [.. labels.Collect(rig.App.Services)];
        Instrument[] live;
        lock (instruments) live = [.. instruments.Where(instrument => instrument.Meter.Scope == factory)];
        Assert.Equal(
            live.Select(instrument => $"{instrument.Name}|{Kind(instrument)}|{instrument.Unit}|{Keys(rows, instrument.Name)}").Order(),
            Documented.Select(static row => $"{MarkdownTable.Codes(row[0]).Single()}|{row[1]}|{row[2]}|{string.Join(",", MarkdownTable.Codes(row[3]).Order())}").Order());
        Assert.All(live, instrument => Assert.Contains(rows, row => row.StartsWith($"{instrument.Name}{{", StringComparison.Ordinal)));
        Assert.All(live, static instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
        Assert.Contains($"Meter `{RequestInstruments.Meter}`", Readme.Text, StringComparison.Ordinal);

        void Keep(Instrument instrument)
        {
            if (instrument.Meter.Name != RequestInstruments.Meter) return;
            lock (instruments) instruments.Add(instrument);
        }
    }

    [Fact]
    public void Table_NamesAreThePublicOnes() => Assert.Equal(
        typeof(RequestInstruments).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => (string)field.GetRawConstantValue()!).Where(static name => name != RequestInstruments.Meter).Order(),
        Documented.Select(static row => MarkdownTable.Codes(row[0]).Single()).Order());

    private static string Keys(string[] rows, string name) => string.Join(
        ",",
        rows.Where(row => row.StartsWith($"{name}{{", StringComparison.Ordinal))
            .SelectMany(row => row[(name.Length + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(static label => label.Split('=')[0]).Distinct().Order());

    private static string Kind(Instrument instrument) => instrument.GetType().Name switch
    {
        "ObservableCounter`1" => "observable counter",
        "Histogram`1" => "histogram",
        string other => other,
    };
}
