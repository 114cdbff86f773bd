using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Joules by where they went, and devices, of a snapshot.</summary>
internal static class PageEnergy
{
    public static void Write(Utf8JsonWriter writer, EnergyMeter meter, EnergyTotals totals)
    {
        writer.WriteStartObject("energy");
        writer.WriteNumber("total", totals.Total.Joules);
        writer.WriteNumber("settled", totals.Settled.Joules);
        writer.WriteNumber("open", totals.Open.Joules);
        writer.WriteNumber("late", totals.Late.Joules);
        writer.WriteNumber("idle", totals.Idle.Joules);
        writer.WriteNumber("unattributed", totals.Unattributed.Joules);
        writer.WriteNumber("other", totals.Other.Joules);
        writer.WriteNumber("unaccounted", totals.Unaccounted.Joules);
        writer.WriteEndObject();
        writer.WriteStartArray("devices");
        for (int i = 0; i < totals.Devices.Count; i++) Write(writer, totals.Devices[i], meter.Engine.Devices[i].Ring);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, DeviceTotals device, SampleRing ring)
    {
        writer.WriteStartObject();
        writer.WriteString("id", device.Device.Id);
        writer.WriteString("name", device.Device.Name);
        writer.WriteString("domain", device.Device.Domain.ToString());
        writer.WriteString("tier", device.Device.Tier.ToString());
        writer.Figure("watts", device.Power?.Watts);
        writer.WriteString("reason", device.Power is null ? "the last reading failed, or there is none yet" : null);
        writer.Figure("utilization", device.Power is not null && ring.TryGetLatest(out PowerSample sample) ? sample.Utilization : null);
        writer.Figure("idleWatts", device.IdleFloor?.Watts);
        writer.WriteString("idleSource", device.FloorSource.ToString());
        writer.WriteNumber("joules", device.Total.Joules);
        writer.Figure("coverage", device.Coverage);
        writer.WriteNumber("holes", device.Holes);
        writer.Uncertainty(device.Device.Uncertainty);
        writer.WriteString("remark", device.Device.Remark);
        writer.WriteEndObject();
    }
}
