namespace GreenAI.Metering;

/// <summary>A consistent copy of the totals of one close.</summary>
internal sealed class MeterSnapshot(long sequence, long[] values, int devices)
{
    private const int Header = 16;
    private const int PerDevice = 8;
    private const int PerModel = 7;

    public long Sequence => sequence;

    public int ModelCount => (int)values[0];

    public int OpenScopes => (int)values[1];

    /// <summary>Power of metering itself in watts; NaN when not known.</summary>
    public double SelfWatts => BitConverter.Int64BitsToDouble(values[2]);

    /// <summary>Whether a grid factor was ever applied, or applies now.</summary>
    public bool IsPriced => values[3] != 0;

    public double IdleGrams => BitConverter.Int64BitsToDouble(values[4]);

    public double UnattributedGrams => BitConverter.Int64BitsToDouble(values[5]);

    public double OtherGrams => BitConverter.Int64BitsToDouble(values[6]);

    public double EmbodiedIdleGrams => BitConverter.Int64BitsToDouble(values[7]);

    public static int Length(int devices, int models) => Header + (devices * PerDevice) + (models * (PerModel + devices));

    public long DeviceTotal(int device) => values[DeviceStart(device)];

    public long DeviceIdle(int device) => values[DeviceStart(device) + 1];

    public long DeviceOther(int device) => values[DeviceStart(device) + 2];

    public long DeviceUnattributed(int device) => values[DeviceStart(device) + 3];

    public long DeviceHoles(int device) => values[DeviceStart(device) + 4];

    public double DeviceCoverage(int device) => BitConverter.Int64BitsToDouble(values[DeviceStart(device) + 5]);

    /// <summary>Milliwatts of the last interval; −1 when there is none or the last reading failed.</summary>
    public long DeviceMilliwatts(int device) => values[DeviceStart(device) + 6];

    public double DeviceCoveredSeconds(int device) => BitConverter.Int64BitsToDouble(values[DeviceStart(device) + 7]);

    public long ModelMicrojoules(int model) => values[ModelStart(model)];

    public long ModelInferences(int model, InferenceOutcome outcome) => values[ModelStart(model) + 1 + (int)outcome];

    public double ModelGrams(int model) => BitConverter.Int64BitsToDouble(values[ModelStart(model) + 4]);

    public double ModelEmbodiedGrams(int model) => BitConverter.Int64BitsToDouble(values[ModelStart(model) + 5]);

    public long ModelIdleMicrojoules(int model) => values[ModelStart(model) + 6];

    /// <summary>Learned watts of one active inference; NaN while the observations do not tell the model apart.</summary>
    public double ModelWatts(int model, int device) => BitConverter.Int64BitsToDouble(values[ModelStart(model) + PerModel + device]);

    public static void WriteHeader(Span<long> values, int models, int open, double selfWatts)
    {
        values[0] = models;
        values[1] = open;
        values[2] = BitConverter.DoubleToInt64Bits(selfWatts);
    }

    public static void WriteCarbon(Span<long> values, CarbonBooks books)
    {
        values[3] = books.IsPriced ? 1 : 0;
        values[4] = BitConverter.DoubleToInt64Bits(GridPrice.Grams(books.Idle));
        values[5] = BitConverter.DoubleToInt64Bits(GridPrice.Grams(books.Unattributed));
        values[6] = BitConverter.DoubleToInt64Bits(GridPrice.Grams(books.Other));
        values[7] = BitConverter.DoubleToInt64Bits(books.EmbodiedGrams(books.EmbodiedIdle));
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
        row[7] = BitConverter.DoubleToInt64Bits(device.CoveredSeconds);
    }

    public static void WriteModel(
        Span<long> values, ReadOnlySpan<DeviceMeter> devices, int model, long microjoules, long idleMicrojoules, in ModelTally tally, double grams, double embodiedGrams)
    {
        Span<long> row = values.Slice(ModelStart(devices.Length, model), PerModel + devices.Length);
        row[0] = microjoules;
        row[1] = tally.Succeeded;
        row[2] = tally.Failed;
        row[3] = tally.Abandoned;
        row[4] = BitConverter.DoubleToInt64Bits(grams);
        row[5] = BitConverter.DoubleToInt64Bits(embodiedGrams);
        row[6] = idleMicrojoules;
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
