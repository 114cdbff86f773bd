namespace GreenAI.Metering;

/// <summary>One way to learn the energy of a board. Each board has one, chosen at detection, for the life of the source.</summary>
internal sealed class NvmlReading
{
    /// <summary>More milliwatts than any board draws: such an answer is not believed.</summary>
    public const uint MostMilliwatts = 10_000_000;

    private readonly NvmlField _field;

    private NvmlReading(DeviceReading kind, NvmlField field, NvmlScope scope, string name) =>
        (Kind, _field, Scope, Name) = (kind, field, scope, name);

    /// <summary>All ways, the best first: counters before power, which is blind between two polls; the module only when there is no other.</summary>
    /// <remarks>
    /// An average of power goes before what the board draws at the moment: nothing that happened between two polls is missing in it.
    /// </remarks>
    public static IReadOnlyList<NvmlReading> Preferred { get; } =
    [
        new(DeviceReading.EnergyCounter, NvmlField.TotalEnergyConsumption, NvmlScope.Gpu, "energy counter of the board (NVML field 83)"),
        new(DeviceReading.EnergyCounter, NvmlField.Energy, NvmlScope.Gpu, "energy counter of the GPU (NVML field 191)"),
        new(DeviceReading.EnergyCounter, NvmlField.None, NvmlScope.Gpu, "energy counter of the board (nvmlDeviceGetTotalEnergyConsumption)"),
        new(DeviceReading.Power, NvmlField.PowerAverage, NvmlScope.Gpu, "polled power averaged over 1 s (NVML field 185)"),
        new(DeviceReading.Power, NvmlField.PowerInstant, NvmlScope.Gpu, "polled power of the moment (NVML field 186)"),
        new(DeviceReading.Power, NvmlField.None, NvmlScope.Gpu, "polled power (nvmlDeviceGetPowerUsage)"),
        new(DeviceReading.EnergyCounter, NvmlField.Energy, NvmlScope.Module, "energy counter of the module (NVML field 191)"),
        new(DeviceReading.Power, NvmlField.PowerAverage, NvmlScope.Module, "polled power of the module averaged over 1 s (NVML field 185)"),
        new(DeviceReading.Power, NvmlField.PowerInstant, NvmlScope.Module, "polled power of the module at the moment (NVML field 186)"),
    ];

    public DeviceReading Kind { get; }

    public NvmlScope Scope { get; }

    /// <summary>What is read and how, for people.</summary>
    public string Name { get; }

    /// <summary>The largest value that is believed: 10 kW, or what fits into a <see cref="long"/> of microjoules.</summary>
    public ulong Most => Kind == DeviceReading.EnergyCounter ? (ulong)long.MaxValue / 1000 : MostMilliwatts;

    /// <summary>Whether it is an item of a batch of field values, and not a call of its own.</summary>
    public bool IsField => _field != NvmlField.None;

    /// <summary>The item to ask for in a batch.</summary>
    public NvmlFieldValue Item => new(_field, Scope);

    /// <summary>Reads now: millijoules since the driver was loaded, or milliwatts. Allocates nothing.</summary>
    /// <returns>A code that is not <see cref="NvmlReturn.Success"/> when there is no reading.</returns>
    public NvmlReturn Read(NvmlLibrary library, nint device, out ulong value)
    {
        if (IsField)
        {
            // A batch of what is needed and no more: each further field is one more question to the board.
            NvmlFieldValue item = Item;
            NvmlReturn result = library.GetFieldValues(device, new Span<NvmlFieldValue>(ref item));
            if (result == NvmlReturn.Success) return Take(in item, out value);
            value = 0;
            return result;
        }

        if (Kind == DeviceReading.EnergyCounter) return Check(library.GetTotalEnergy(device, out value), value);
        NvmlReturn answer = library.GetPower(device, out uint milliwatts);
        value = milliwatts;
        return Check(answer, value);
    }

    /// <summary>Takes the reading out of an item that was asked.</summary>
    public static NvmlReturn Take(in NvmlFieldValue item, out ulong value)
    {
        if (item.TryGetNumber(out value, OperatingSystem.IsWindows())) return Check(item.Result, value);
        return item.Result == NvmlReturn.Success ? NvmlReturn.NoData : item.Result;
    }

    // Drivers answer "success, 0" when polled too fast (ml-energy/zeus#186). A board that draws power never stands at 0, in power
    // or in energy since the driver was loaded; taken as a reading it would look like a reset.
    private static NvmlReturn Check(NvmlReturn result, ulong value) =>
        result == NvmlReturn.Success && value == 0 ? NvmlReturn.NoData : result;
}
