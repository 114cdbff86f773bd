using System.Buffers;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Writes what the page shows at a moment, as an event of its stream.</summary>
/// <remarks>For one caller at a time. Lists are bounded: what does not fit is counted.</remarks>
internal sealed class PageSnapshot(EnergyMeter meter, TimeProvider timeProvider, string? service)
{
    /// <summary>The version of the snapshots' form.</summary>
    public const int Version = 1;

    public void WriteEvent(IBufferWriter<byte> buffer)
    {
        buffer.Write("event: snapshot\ndata: "u8);
        WriteJson(buffer);
        buffer.Write("\n\n"u8);
    }

    public void WriteJson(IBufferWriter<byte> buffer)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        EnergyTotals totals = meter.GetTotals();
        IReadOnlyList<BudgetStatus> budgets = meter.Budgets.Status();
        IReadOnlyList<BudgetStatus> shownBudgets = PagePolicy.Shown(budgets);
        string[] shown = PageModels.Largest(totals);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.Time("time", now);
        writer.Seconds("intervalSeconds", LiveFeed.Interval);
        writer.WriteString("service", service);
        writer.WriteString("host", Environment.MachineName);
        writer.WriteString("library", ReportVersions.Library);
        writer.Seconds("elapsedSeconds", totals.Elapsed);
        PageEnergy.Write(writer, meter, totals);
        PageCarbon.Write(writer, totals.Carbon);
        PageModels.Write(writer, totals, shown);
        PageKpis.Write(writer, meter.Kpis.Latest());
        PagePolicy.Write(writer, meter.Budgets, budgets, shownBudgets, totals, now);
        PageDecisions.Write(writer, meter.Budgets, shownBudgets);
        PageQuality.Write(writer, meter, totals);
        writer.WriteEndObject();
    }
}
