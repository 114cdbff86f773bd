using System.Buffers;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>
/// The power of the devices over the last minutes, so that a page just opened shows a curve: from the rings that the sampler keeps anyway, and read
/// when somebody comes.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PageHistory(EnergyMeter meter, TimeProvider timeProvider)
{
    public const int Points = 150;

    private static readonly TimeSpan _step = TimeSpan.FromSeconds(2);

    /// <summary>Writes how often to come again, and the curves, as the first bytes of a stream.</summary>
    public void Write(IBufferWriter<byte> buffer)
    {
        buffer.Write("retry: 2000\n\nevent: history\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", PageSnapshot.Version);
            writer.Time("time", timeProvider.GetUtcNow());
            writer.Seconds("stepSeconds", _step);
            writer.WriteStartObject("watts");
            foreach (DeviceMeter device in meter.Engine.Devices) Write(writer, device);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
    }

    // The oldest first; null where the counter was not read.
    private void Write(Utf8JsonWriter writer, DeviceMeter device)
    {
        writer.WriteStartArray(device.Device.Id);
        long step = (long)(_step.TotalSeconds * timeProvider.TimestampFrequency);
        long newest = device.Ring.TryGetLatest(out PowerSample latest) ? latest.Timestamp : 0;
        for (int point = Points; point > 0 && newest != 0; point--)
        {
            long to = newest - ((point - 1) * step);
            if (!device.Ring.TryGetEnergy(to - step, to, out RingEnergy energy))
            {
                // Before the first reading there is no point, not an empty one.
                if (energy.Miss != RingMiss.BeforeOldest) writer.WriteNullValue();
            }
            else if (energy.CoveredTicks < step)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteNumberValue(Math.Round(energy.Microjoules / 1e6 / _step.TotalSeconds, 4));
            }
        }

        writer.WriteEndArray();
    }
}
