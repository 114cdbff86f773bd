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

    public CarbonBooks(DeviceMeter[] devices, int models, CarbonAccount account, TimeProvider timeProvider, long origin)
    {
        _devices = devices;
        _timeProvider = timeProvider;
        Account = account;
        Models = new CarbonModelBook[models];
        if (account.Pue is { } pue && account.Timeline is { } timeline)
        {
            _pricer = new GridPricer(timeline, pue);
            _uses = new FactorUses(pue);
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

    /// <summary>Of that, other processes'.</summary>
    public long PricedOtherMicrojoules { get; private set; }

    /// <summary>Energy to which another than the first provider's factor was applied.</summary>
    public long FallbackMicrojoules { get; private set; }

    /// <summary>Embodied carbon of time in which no model was active.</summary>
    public Int128 EmbodiedIdle { get; private set; }

    /// <summary>Embodied carbon of all the time, reckoned apart from models and idle.</summary>
    public Int128 EmbodiedTotal { get; private set; }

    /// <summary>The factor that applied last; null when none did.</summary>
    public CarbonFactor? Latest => _pricer?.Latest;

    public IReadOnlyList<FactorUse> Uses => _uses?.ToList() ?? [];

    /// <summary>Grams of a product of ticks and µg/h.</summary>
    public double EmbodiedGrams(Int128 product) => (double)product / _timeProvider.TimestampFrequency / 3600 / 1e6;

    /// <summary>The time of the close by the calendar.</summary>
    public DateTimeOffset Utc { get; private set; }

    /// <summary>Before a close: its time by the calendar.</summary>
    public void Begin(DateTimeOffset utc) => Utc = utc;

    public double PriceOver(long ticks)
    {
        if (_pricer is null) return double.NaN;
        GridPrice price = _pricer.Over(Utc - _timeProvider.GetElapsedTime(0, ticks), Utc);
        return price.PricedShare >= CarbonTotals.LeastPricedShare ? price.MicrogramsPerKilowattHour / (double)GridPrice.MicrojoulesPerKilowattHour : double.NaN;
    }

    /// <summary>Books what the energy books got in a close.</summary>
    /// <param name="closed">The devices whose interval closed; their energy is booked already.</param>
    /// <param name="models">How many models are in use.</param>
    /// <param name="now">The time.</param>
    public void Close(ReadOnlySpan<ClosingDevice> closed, int models, long now)
    {
        foreach (ref readonly ClosingDevice closing in closed) Close(_devices[closing.Device], models, now);
        if (!Plan.IsKnown) return;
        foreach (DeviceMeter device in _devices)
        {
            // A device that is not read any more says nothing of who used it; its hardware ages all the same.
            if (device.IsStale(now)) Age(device, now);
        }
    }

    private void Close(DeviceMeter device, int models, long now)
    {
        ref DeviceState state = ref _states[device.Index];
        DeviceBooks books = device.Books;
        long idle = books.Idle - state.Idle, other = books.Other - state.Other, total = books.Total - state.Total;
        long unattributed = books.Unattributed - state.Unattributed;
        (state.Idle, state.Other, state.Total, state.Unattributed) = (books.Idle, books.Other, books.Total, books.Unattributed);
        long price = Price(device, total, other, now);
        Idle += (Int128)idle * price;
        Other += (Int128)other * price;
        Unattributed += (Int128)unattributed * price;
        Total += (Int128)total * price;
        long rate = Plan.MicrogramsPerHour[device.Index];
        long length = Math.Max(0, books.Boundary - state.EmbodiedUntil);
        long busy = Math.Clamp((long)books.LastBusyTicks, 0, length);
        if (books.LastActiveTicks == 0) busy = 0;
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

    private long Price(DeviceMeter device, long total, long other, long now)
    {
        if (_pricer is null) return 0;
        GridPrice price = _pricer.Over(At(device.Before.Time, now), At(device.Books.Boundary, now), _uses, total);
        PricedMicrojoules += Part(total, price.PricedShare);
        PricedOtherMicrojoules += Part(other, price.PricedShare);
        if (_pricer.Latest is { FallbackRank: > 0 }) FallbackMicrojoules += Part(total, price.PricedShare);
        return price.MicrogramsPerKilowattHour;
    }

    private static long Part(long microjoules, double share) => share >= 1 ? microjoules : (long)Math.Round(microjoules * share);

    private DateTimeOffset At(long timestamp, long now) => Utc - _timeProvider.GetElapsedTime(timestamp, now);

    private void Age(DeviceMeter device, long now)
    {
        ref DeviceState state = ref _states[device.Index];
        Int128 aged = (Int128)Math.Max(0, now - state.EmbodiedUntil) * Plan.MicrogramsPerHour[device.Index];
        EmbodiedTotal += aged;
        EmbodiedIdle += aged;
        state.EmbodiedUntil = Math.Max(state.EmbodiedUntil, now);
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
