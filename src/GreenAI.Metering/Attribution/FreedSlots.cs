namespace GreenAI.Metering;

/// <summary>Chains freed slots per stripe, so that a close gives each stripe its slots back in one exchange.</summary>
internal sealed class FreedSlots
{
    private readonly SlotTable _slots;
    private readonly int[] _first;
    private readonly int[] _last;

    public FreedSlots(SlotTable slots)
    {
        _slots = slots;
        _first = new int[slots.StripeCount];
        _last = new int[slots.StripeCount];
        Array.Fill(_first, -1);
    }

    public void Add(int slot)
    {
        int stripe = _slots.StripeOf(slot);
        if (_first[stripe] < 0) _last[stripe] = slot;
        else _slots.Slot(slot).NextFree = _first[stripe] + 1;
        _first[stripe] = slot;
    }

    public void Return()
    {
        for (int stripe = 0; stripe < _first.Length; stripe++)
        {
            if (_first[stripe] < 0) continue;
            _slots.Push(stripe, _first[stripe], _last[stripe]);
            _first[stripe] = -1;
        }
    }
}
