namespace GreenAI.Metering;

/// <summary>The books of grams: each interval's energy at the grid factor of its time, each device's embodied carbon as time passes.</summary>
/// <remarks>
/// Every amount is a whole number (see <see cref="CarbonModelBook"/>), so that after every close, to the last digit: models + idle
/// + unattributed + other = total, and models + idle = total for embodied carbon. Written by the closer only.
/// </remarks>
internal sealed class CarbonBooks : IEmissionPrice
{
    private readonly DeviceMeter[] _devices;
    private readonly DeviceState[] _states;
    private readonly GridPricer? _pricer;
    private readonly FactorUses? _uses;
    private readonly TimeProvider _timeProvider;
    private long _now;

    public CarbonBooks(DeviceMeter[] devices, int models, CarbonAccount account, TimeProvider timeProvider, long origin)
    {
        _devices = devices;
        _timeProvider = timeProvider;
        Account = account;
        Models = new CarbonModelBook[models];
        if (account.Pue is { } pue && account.Timeline is { } timeline)
        {
            _pricer = new GridPricer(timeline, pue);
            _uses = new FactorUses(pue, Quality);
        }

        Plan = EmbodiedPlan.Of(account.Embodied, devices);
        _states = new DeviceState[devices.Length];
        for (int i = 0; i < devices.Length; i++)
            _states[i] = new DeviceState(models) { EmbodiedUntil = origin };
    }

    public CarbonAccount Account { get; }

    public EmbodiedPlan Plan { get; }

    public CarbonModelBook[] Models { get; }

    public Int128 Idle { get; private set; }

    public Int128 Unattributed { get; private set; }

    public Int128 Other { get; private set; }

    /// <summary>All metered energy at its price, reckoned apart from the buckets.</summary>
    public Int128 Total { get; private set; }

    /// <summary>Energy to which a factor was applied.</summary>
    public long PricedMicrojoules { get; private set; }

    /// <summary>Energy to which another than the first provider's factor was applied.</summary>
    public long FallbackMicrojoules { get; private set; }

    /// <summary>Embodied carbon of time in which no model was active.</summary>
    public Int128 EmbodiedIdle { get; private set; }

    /// <summary>Embodied carbon of all the time, reckoned apart from models and idle.</summary>
    public Int128 EmbodiedTotal { get; private set; }

    /// <summary>The factor that applied last; null when none did.</summary>
    public CarbonFactor? Latest => _pricer?.Latest;

    /// <summary>How sure the factors are.</summary>
    public FactorQuality Quality { get; } = new();

    public IReadOnlyList<FactorUse> Uses => _uses?.ToList() ?? [];

    /// <summary>Whether a factor applied to any energy yet, or applies now.</summary>
    public bool IsPriced => PricedMicrojoules > 0 || Latest is not null;

    /// <summary>Grams of a product of ticks and ng/h.</summary>
    public double EmbodiedGrams(Int128 product) => (double)product / _timeProvider.TimestampFrequency / 3600 / 1e9;

    /// <summary>The time of the close by the calendar.</summary>
    public DateTimeOffset Utc { get; private set; }

    /// <summary>Before a close: its time, and the same by the calendar.</summary>
    public void Begin(long now, DateTimeOffset utc) => (_now, Utc) = (now, utc);

    public double PriceOver(long from, long until)
    {
        if (_pricer is null) return double.NaN;
        GridPrice price = _pricer.Over(At(from), At(until));
        return price.PricedShare >= CarbonTotals.LeastPricedShare
            ? price.MicrogramsPerKilowattHour / price.PricedShare / GridPrice.MicrojoulesPerKilowattHour
            : double.NaN;
    }

    /// <summary>Books what the energy books got in a close.</summary>
    /// <param name="closed">The devices whose interval closed; their energy is booked already.</param>
    /// <param name="models">How many models are in use.</param>
    public void Close(ReadOnlySpan<ClosingDevice> closed, int models)
    {
        foreach (ref readonly ClosingDevice closing in closed) Close(_devices[closing.Device], models);
        if (!Plan.IsKnown) return;
        foreach (DeviceMeter device in _devices)
        {
            // A device that cannot be read says nothing of who uses it; its hardware ages all the same. One that is read, and whose
            // counter moves seldom, tells when it does.
            if (device.IsStale(_now) && (!device.Started || device.Latest.Fault != SampleFault.None)) Age(device);
        }
    }

    private void Close(DeviceMeter device, int models)
    {
        ref DeviceState state = ref _states[device.Index];
        DeviceBooks books = device.Books;
        long idle = books.Idle - state.Idle, other = books.Other - state.Other, total = books.Total - state.Total;
        long unattributed = books.Unattributed - state.Unattributed;
        (state.Idle, state.Other, state.Total, state.Unattributed) = (books.Idle, books.Other, books.Total, books.Unattributed);
        long price = Price(device, total);
        Idle += (Int128)idle * price;
        Other += (Int128)other * price;
        Unattributed += (Int128)unattributed * price;
        Total += (Int128)total * price;
        long rate = Plan.NanogramsPerHour[device.Index];
        long length = Math.Max(0, books.Boundary - state.EmbodiedUntil);
        long busy = Busy(device, length);
        state.EmbodiedUntil = Math.Max(state.EmbodiedUntil, books.Boundary);
        EmbodiedTotal += (Int128)length * rate;
        EmbodiedIdle += (Int128)(length - busy) * rate;
        double weight = Weight(books, models);
        var idleSplit = new CumulativeSplit(idle, weight);
        var busySplit = new CumulativeSplit(busy, weight);
        for (int model = 0; model < models; model++)
        {
            ref readonly ModelBook book = ref books.Models[model];
            long dynamic = book.Assigned - state.Assigned[model];
            ref CarbonModelBook account = ref Models[model];
            if (dynamic != 0)
            {
                state.Assigned[model] = book.Assigned;
                account.Dynamic += (Int128)dynamic * price;
            }

            if (book.LastActiveTicks <= 0 || !books.Weights.Uses[model]) continue;
            long share = idleSplit.Next(book.LastActiveTicks);
            account.IdleMicrojoules += share;
            account.Idle += (Int128)share * price;
            if (rate > 0) account.Embodied += (Int128)busySplit.Next(book.LastActiveTicks) * rate;
        }
    }

    private static double Weight(DeviceBooks books, int models)
    {
        double weight = 0;
        for (int model = 0; model < models; model++)
        {
            if (books.Models[model].LastActiveTicks > 0 && books.Weights.Uses[model]) weight += books.Models[model].LastActiveTicks;
        }

        return weight;
    }

    // Of the time since the last booking, that in which a model was active. A part of the interval may have been booked as idle,
    // while the device could not be read: who was active then is not known any more, and the rest is as busy as the whole.
    private static long Busy(DeviceMeter device, long length)
    {
        DeviceBooks books = device.Books;
        if (books.LastActiveTicks == 0) return 0;
        long interval = books.Boundary - device.Before.Time;
        double busy = length < interval ? books.LastBusyTicks * (length / (double)interval) : books.LastBusyTicks;
        return Math.Clamp((long)busy, 0, length);
    }

    private long Price(DeviceMeter device, long total)
    {
        if (_pricer is null) return 0;
        GridPrice price = _pricer.Over(At(device.Before.Time), At(device.Books.Boundary), _uses, total);
        PricedMicrojoules += Part(total, price.PricedShare);
        FallbackMicrojoules += Part(total, price.FallbackShare);
        return price.MicrogramsPerKilowattHour;
    }

    private static long Part(long microjoules, double share) => share >= 1 ? microjoules : (long)Math.Round(microjoules * share);

    private DateTimeOffset At(long timestamp) => Utc - _timeProvider.GetElapsedTime(timestamp, _now);

    private void Age(DeviceMeter device)
    {
        ref DeviceState state = ref _states[device.Index];
        Int128 aged = (Int128)Math.Max(0, _now - state.EmbodiedUntil) * Plan.NanogramsPerHour[device.Index];
        EmbodiedTotal += aged;
        EmbodiedIdle += aged;
        state.EmbodiedUntil = Math.Max(state.EmbodiedUntil, _now);
    }

    private struct DeviceState(int models)
    {
        public readonly long[] Assigned = new long[models];
        public long Idle;
        public long Other;
        public long Unattributed;
        public long Total;
        public long EmbodiedUntil;
    }
}
