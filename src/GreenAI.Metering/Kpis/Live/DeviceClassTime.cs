namespace GreenAI.Metering;

/// <summary>How long the devices of a class were there and in use, in device seconds. The processors of a host are one device.</summary>
/// <param name="Used">Σ utilisation × time.</param>
/// <param name="Provisioned">Σ time for which the utilisation is known.</param>
/// <param name="Present">Σ time, whether or not the utilisation is known.</param>
internal readonly record struct DeviceClassTime(double Used, double Provisioned, double Present)
{
    public static DeviceClassTime operator +(DeviceClassTime left, DeviceClassTime right) => new(left.Used + right.Used, left.Provisioned + right.Provisioned, left.Present + right.Present);

    public static DeviceClassTime operator -(DeviceClassTime left, DeviceClassTime right) => new(left.Used - right.Used, left.Provisioned - right.Provisioned, left.Present - right.Present);
}
