using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Looks at one board: which reading works, and the limits that go with it.</summary>
internal static class NvmlProbe
{
    /// <summary>The label of a board that is split: NVML tells energy and power of the whole only.</summary>
    public const string MigRemark = "MIG: board level, not this instance";

    private const uint MostMilliwatts = 10_000_000;
    private const string ShareRemark = "the whole board counts as this process's where the driver tells no shares";
    private const string CounterRemark = "energy counter of the board";
    private const string PowerRemark = "polled power, the board has no working energy counter";

    // The power of an A100 or H100 is a 25 ms sample of each 100 ms: three quarters of the time go unseen (arXiv 2312.02741).
    private static readonly RelativeUncertainty _polledPower = RelativeUncertainty.Symmetric(0.25);
    private static readonly RelativeUncertainty _counter = RelativeUncertainty.Symmetric(0.10);

    /// <summary>Describes the board, or says why it cannot be metered.</summary>
    /// <remarks>
    /// Counter and integrated power of a board disagree (ml-energy/zeus#181), so one of them is chosen here, once, and
    /// recorded in the remark; they are never mixed.
    /// </remarks>
    public static NvmlReturn TryDescribe(NvmlLibrary library, NvmlBoard board, out PowerDevice? device)
    {
        device = null;
        DeviceReading reading = DeviceReading.EnergyCounter;
        NvmlReturn energy = Try(
            () => Check(library.GetTotalEnergy(board.Handle, out ulong millijoules), millijoules, long.MaxValue / 1000));
        if (energy != NvmlReturn.Success)
        {
            reading = DeviceReading.Power;
            NvmlReturn power = Try(() => Check(library.GetPower(board.Handle, out uint milliwatts), milliwatts, MostMilliwatts));
            if (power != NvmlReturn.Success) return power.Classify() == NvmlReturnClass.Unsupported ? energy : power;
        }

        string remark = $"{(reading == DeviceReading.EnergyCounter ? CounterRemark : PowerRemark)}; {ShareRemark}";
        device = new PowerDevice
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"nvml:{board.Uuid}"),
            Name = library.GetName(board.Handle, out string name) == NvmlReturn.Success && name.Length > 0 ? name : "NVIDIA GPU",
            Domain = EnergyDomain.Gpu,
            Tier = MeasurementTier.Measured,
            Reading = reading,
            UpdatePeriod = TimeSpan.FromMilliseconds(100),
            MaxPower = FindMaxPower(library, board.Handle),
            Uncertainty = reading == DeviceReading.EnergyCounter ? _counter : _polledPower,
            SharedByCpuTime = false,
            Remark = library.IsMigEnabled(board.Handle) ? $"{MigRemark}; {remark}" : remark,
        };
        return NvmlReturn.Success;
    }

    // A board that draws power never stands at 0: such an answer, like an absurd one, is a driver's way to say that it does
    // not know.
    private static NvmlReturn Check(NvmlReturn result, ulong value, ulong most) =>
        result == NvmlReturn.Success && (value == 0 || value > most) ? NvmlReturn.NoData : result;

    // Three attempts: a passing trouble at start must not choose the worse reading for the life of the process.
    private static NvmlReturn Try(Func<NvmlReturn> call)
    {
        NvmlReturn result = call();
        for (int attempt = 1; attempt < 3 && result.Classify() is NvmlReturnClass.Retry or NvmlReturnClass.NoData; attempt++)
        {
            result = call();
        }

        return result;
    }

    // Twice the limit: boards overshoot it for milliseconds. Above 10 kW the answer itself is not believed.
    private static Power FindMaxPower(NvmlLibrary library, nint handle)
    {
        if (library.GetDefaultPowerLimit(handle, out uint limit) != NvmlReturn.Success || limit is 0 or > MostMilliwatts)
        {
            if (library.GetEnforcedPowerLimit(handle, out limit) != NvmlReturn.Success) limit = 0;
        }

        return limit is 0 or > MostMilliwatts ? Power.FromWatts(2000) : Power.FromMilliwatts(2.0 * limit);
    }
}
