namespace GreenAI.Metering;

/// <summary>Describes a board as it is read: what a person must know about its figures, and its limits.</summary>
internal static class NvmlDescription
{
    /// <summary>The label of a board that is split: NVML tells energy and power of the whole only.</summary>
    public const string MigRemark = "MIG: board level, not this instance, read twice a second";

    private const string ShareRemark = "the whole board counts as this process's where the driver tells no shares";
    private const string ModuleRemark =
        "it includes the Grace processor and its memory, all of which counts as this process's where the driver tells no shares";

    private static readonly Power _mostOfAny = Power.FromWatts(2000);

    // The power of an A100 or H100 is a 25 ms sample of each 100 ms: three quarters of the time go unseen (arXiv 2312.02741).
    private static readonly RelativeUncertainty _polledPower = RelativeUncertainty.Symmetric(0.25);
    private static readonly RelativeUncertainty _counter = RelativeUncertainty.Symmetric(0.10);

    public static PowerDevice Of(NvmlLibrary library, NvmlBoard board, NvmlReading reading, bool mig)
    {
        bool module = reading.Scope == NvmlScope.Module;
        string remark = $"{reading.Name}; {(module ? ModuleRemark : ShareRemark)}";
        return new PowerDevice
        {
            Id = $"nvml:{board.Uuid}",
            Name = library.GetName(board.Handle, out string name) == NvmlReturn.Success && name.Length > 0 ? name : "NVIDIA GPU",
            // A module contains what a meter of its processor would read: as a platform, nothing is added to it.
            Domain = module ? EnergyDomain.Platform : EnergyDomain.Gpu,
            Tier = MeasurementTier.Measured,
            Reading = reading.Kind,
            UpdatePeriod = TimeSpan.FromMilliseconds(100),
            MaxPower = FindMaxPower(library, board.Handle, module),
            PowerLimit = module ? null : FindPowerLimit(library, board.Handle),
            Uncertainty = reading.Kind == DeviceReading.EnergyCounter ? _counter : _polledPower,
            SharedByCpuTime = false,
            Remark = mig ? $"{MigRemark}; {remark}" : remark,
        };
    }

    // Twice the limit: boards overshoot it for milliseconds. The limit is the GPU's: a module may draw more.
    private static Power FindMaxPower(NvmlLibrary library, nint handle, bool module)
    {
        if (library.GetDefaultPowerLimit(handle, out uint limit) != NvmlReturn.Success || !IsBelievable(limit))
        {
            if (library.GetEnforcedPowerLimit(handle, out limit) != NvmlReturn.Success) limit = 0;
        }

        Power most = IsBelievable(limit) ? Power.FromMilliwatts(2.0 * limit) : _mostOfAny;
        return module && most < _mostOfAny ? _mostOfAny : most;
    }

    private static Power? FindPowerLimit(NvmlLibrary library, nint handle) =>
        library.GetEnforcedPowerLimit(handle, out uint limit) == NvmlReturn.Success && IsBelievable(limit)
            ? Power.FromMilliwatts(limit)
            : null;

    // Above 10 kW the answer itself is not believed.
    private static bool IsBelievable(uint milliwatts) => milliwatts is > 0 and <= NvmlReading.MostMilliwatts;
}
