namespace GreenAI.Metering;

/// <summary>A consistent copy of the totals of one close.</summary>
internal sealed class MeterSnapshot(long sequence, long[] values, int devices)
{
    private const int Header = 8;
    private const int PerDevice = 7;
    private const int PerModel = 4;

    public long Sequence => sequence;

    public int ModelCount => (int)values[0];

    public int OpenScopes => (int)values[1];

    /// <summary>Power of metering itself in watts; NaN when not known.</summary>
    public double SelfWatts => BitConverter.Int64BitsToDouble(values[2]);

    public static int Length(int devices, int models) => Header + (devices * PerDevice) + (models * (PerModel + devices));

    public long DeviceTotal(int device) => values[DeviceStart(device)];

    public long DeviceIdle(int device) => values[DeviceStart(device) + 1];

    public long DeviceOther(int device) => values[DeviceStart(device) + 2];

    public long DeviceUnattributed(int device) => values[DeviceStart(device) + 3];

    public long DeviceHoles(int device) => values[DeviceStart(device) + 4];

    public double DeviceCoverage(int device) => BitConverter.Int64BitsToDouble(values[DeviceStart(device) + 5]);

    /// <summary>Milliwatts of the last interval; −1 when there is none or the last reading failed.</summary>
    public long DeviceMilliwatts(int device) => values[DeviceStart(device) + 6];

    public long ModelMicrojoules(int model) => values[ModelStart(model)];

    public long ModelInferences(int model, InferenceOutcome outcome) => values[ModelStart(model) + 1 + (int)outcome];

    /// <summary>Learned watts of one active inference; NaN while the observations do not tell the model apart.</summary>
    public double ModelWatts(int model, int device) => BitConverter.Int64BitsToDouble(values[ModelStart(model) + PerModel + device]);

    public static void WriteHeader(Span<long> values, int models, int open, double selfWatts)
    {
        values[0] = models;
        values[1] = open;
        values[2] = BitConverter.DoubleToInt64Bits(selfWatts);
    }

    public static void WriteDevice(Span<long> values, DeviceMeter device, long now)
    {
        Span<long> row = values.Slice(Header + (device.Index * PerDevice), PerDevice);
        row[0] = device.Books.Total;
        row[1] = device.Books.Idle;
        row[2] = device.Books.Other;
        row[3] = device.Books.Unattributed;
        row[4] = device.Holes;
        row[5] = BitConverter.DoubleToInt64Bits(device.Coverage(now));
        row[6] = device.Milliwatts;
    }

    public static void WriteModel(Span<long> values, ReadOnlySpan<DeviceMeter> devices, int model, long microjoules, in ModelTally tally)
    {
        Span<long> row = values.Slice(ModelStart(devices.Length, model), PerModel + devices.Length);
        row[0] = microjoules;
        row[1] = tally.Succeeded;
        row[2] = tally.Failed;
        row[3] = tally.Abandoned;
        for (int device = 0; device < devices.Length; device++)
        {
            bool told = devices[device].Estimator.TryGet(model, out LearnedPower learned) && learned.IsIdentified;
            row[PerModel + device] = BitConverter.DoubleToInt64Bits(told ? learned.Watts : double.NaN);
        }
    }

    private static int DeviceStart(int device) => Header + (device * PerDevice);

    private static int ModelStart(int devices, int model) => Header + (devices * PerDevice) + (model * (PerModel + devices));

    private int ModelStart(int model) => ModelStart(devices, model);
}
