using System.Numerics;

namespace GreenAI.Metering;

/// <summary>
/// Follows every scope over the intervals of every device, and bills it. One thread at a time calls it (the closer's lock);
/// request threads only publish into the slots.
/// </summary>
/// <remarks>
/// A close looks at the slots twice: once to sum each model's active time, and, when the interval's energy has been split over
/// the models, once more over the few that entered, paused or ended. A scope that runs from end to end costs one look; a brief
/// one, whose whole life lies inside the interval of every device, leaves no account behind (the usual case by far).
/// </remarks>
internal sealed class ScopeLedger
{
    /// <summary>How long a bill waits for a device whose counter does not move (attribution, section 2).</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(2);

    private readonly SlotTable _slots;
    private readonly DeviceBooks[] _books;
    private readonly long[] _until;
    private readonly long _lateTicks;
    private readonly ulong _all;
    private readonly SlotList _changed = new();
    private readonly SlotList _brief = new();
    private readonly ScopeShare[] _briefShares;
    private readonly SlotList _waiting = new();
    private readonly FreedSlots _freed;
    private readonly ScopeBiller _biller;
    private readonly TraceRecorder? _trace;
    private ulong _closing;
    private long _briefFrom;
    private long _briefUntil;
    private long _begunUntil;
    private int _ended;
    private int _partlyLate;

    public ScopeLedger(SlotTable slots, DeviceBooks[] books, ScopeBiller biller, long frequency, TraceRecorder? trace = null)
    {
        _slots = slots;
        _books = books;
        _biller = biller;
        _trace = trace;
        _until = new long[books.Length];
        _briefShares = new ScopeShare[books.Length];
        _lateTicks = (long)(LateAfter.TotalSeconds * frequency);
        _all = books.Length == 64 ? ulong.MaxValue : (1UL << books.Length) - 1;
        _freed = new FreedSlots(slots);
    }

    /// <summary>Scopes begun and not ended, as of the last close.</summary>
    public int OpenScopes { get; private set; }

    /// <summary>Slots in use, ended scopes that wait for a device included, as of the last close.</summary>
    public int SlotsInUse { get; private set; }

    /// <summary>Closes the interval of the given devices, bills what ended in it, and frees slots whose bill is final.</summary>
    /// <param name="closing">The devices whose interval closes.</param>
    /// <param name="registry">The models.</param>
    /// <param name="now">The time.</param>
    /// <param name="last">No further close follows: every ended scope is billed with what is known now.</param>
    public void Close(ReadOnlySpan<ClosingDevice> closing, ModelRegistry registry, long now, bool last)
    {
        _closing = 0;
        foreach (ref readonly ClosingDevice device in closing)
        {
            _closing |= 1UL << device.Device;
            _until[device.Device] = device.Until;
            _books[device.Device].Open(device.Until);
        }

        _biller.BeginClose();
        Frame();
        Scan();
        // After the scan: a model of a scope just seen was registered before that scope began.
        int models = registry.Count;
        foreach (ref readonly ClosingDevice device in closing)
            _books[device.Device].Assign(device, models);
        foreach (int slot in _brief.Items) BillBrief(slot);
        foreach (int slot in _changed.Items) Apply(slot);
        foreach (ref readonly ClosingDevice device in closing) _books[device.Device].EndClose(device.Until, models);
        foreach (int slot in _waiting.Items) Settle(slot, now, last);
        _freed.Return();
        _slots.Reserve(SlotsInUse);
    }

    // The stretch that lies inside the closing interval of every device; empty when not all close. A bill that was closed late
    // on one device is kept in its account: none may be taken for brief while there are such.
    private void Frame()
    {
        _briefFrom = long.MinValue;
        _briefUntil = _closing == _all && _partlyLate == 0 && _all != 0 ? long.MaxValue : long.MinValue;
        _begunUntil = long.MinValue;
        for (int device = 0; device < _books.Length; device++)
        {
            if ((_closing & (1UL << device)) == 0) continue;
            _briefFrom = Math.Max(_briefFrom, _books[device].Boundary);
            _briefUntil = Math.Min(_briefUntil, _until[device]);
            _begunUntil = Math.Max(_begunUntil, _until[device]);
        }
    }

    private void Scan()
    {
        _changed.Clear();
        _brief.Clear();
        _waiting.Clear();
        _ended = 0;
        int open = 0;
        for (int c = 0; c < _slots.ChunkCount; c++)
        {
            SlotChunk chunk = _slots.Chunk(c);
            for (ulong blocks = chunk.TakeTouched(); blocks != 0; blocks &= blocks - 1)
            {
                int block = BitOperations.TrailingZeroCount(blocks);
                int used = 0;
                for (int i = block * SlotChunk.BlockSize; i < (block + 1) * SlotChunk.BlockSize; i++)
                {
                    long word = Volatile.Read(ref chunk.Slot(i).Word);
                    long state = SlotWord.State(word);
                    if (state == SlotWord.Free) continue;
                    used++;
                    if (state == SlotWord.Done) _ended++;
                    if (state != SlotWord.Done || !TryTakeBrief(in chunk.Slot(i), (c * SlotChunk.Size) + i))
                        Observe(chunk, (c * SlotChunk.Size) + i, i, word);
                }

                if (used > 0) chunk.Keep(block);
                open += used;
            }
        }

        SlotsInUse = open;
        OpenScopes = open - _ended;
    }

    private bool TryTakeBrief(in ScopeSlot scope, int slot)
    {
        if (scope.Start < _briefFrom || scope.End > _briefUntil) return false;
        foreach (DeviceBooks books in _books) books.Enter(scope);
        _brief.Add(slot);
        _trace?.Done(slot, scope);
        return true;
    }

    private void BillBrief(int slot)
    {
        SlotChunk chunk = _slots.ChunkOf(slot);
        ref ScopeSlot scope = ref chunk.Slot(slot);
        for (int device = 0; device < _books.Length; device++)
        {
            ref ModelBook book = ref _books[device].Models[scope.Model];
            ref ScopeShare share = ref _briefShares[device];
            share.Accrual = book.Rate * scope.ActiveTicks;
            share.Ticks = _books[device].Settle(scope.Model, share.Accrual);
        }

        _biller.Tell(slot, ref scope, _briefShares);
        Free(slot, ref scope);
    }

    private void Observe(SlotChunk chunk, int slot, int index, long word)
    {
        ref ScopeAccount account = ref chunk.Accounts[index];
        // An ended scope is looked at even when no device closes: a broken one must not keep it for ever.
        bool synced = SlotWord.State(word) != SlotWord.Done && (account.Synced & _closing) == _closing;
        if (synced && word == account.SeenWord && (_trace is null || _trace.Knows(slot, word))) return;
        if (!ScopeObservation.TryTake(in chunk.Slot(index), word, out ScopeObservation scope))
        {
            _trace?.Changing(slot);
            return;
        }

        bool done = scope.State == SlotWord.Done;
        if (done) _trace?.Done(slot, chunk.Slot(index));
        else _trace?.Running(slot, word, scope);
        // Begun after every counter was read: it has no account yet, and may still turn out brief.
        if (scope.Start >= _begunUntil)
        {
            if (done) _waiting.Add(slot);
            return;
        }

        if (word != account.SeenWord) account.Synced = 0;
        account.SeenWord = word;
        account.Closing = account.RunsOn = account.Leaving = 0;
        for (ulong devices = _closing & ~(account.Left | account.Synced); devices != 0; devices &= devices - 1)
        {
            int device = BitOperations.TrailingZeroCount(devices);
            ScopeSharing.Observe(_books[device], _until[device], 1UL << device, ref account, ref Share(chunk, index, device), scope);
        }

        if (account.Closing != 0) _changed.Add(slot);
        else if (done) _waiting.Add(slot);
    }

    private void Apply(int slot)
    {
        SlotChunk chunk = _slots.ChunkOf(slot);
        int index = slot & SlotChunk.Mask;
        ref ScopeAccount account = ref chunk.Accounts[index];
        int model = chunk.Slot(index).Model;
        for (ulong devices = account.Closing; devices != 0; devices &= devices - 1)
        {
            int device = BitOperations.TrailingZeroCount(devices);
            ScopeSharing.Apply(_books[device], _until[device], 1UL << device, ref account, ref Share(chunk, index, device), model);
        }

        account.Closing = 0;
        // Most scopes end here, while their lines are in the cache.
        if (SlotWord.State(account.SeenWord) != SlotWord.Done) return;
        if (account.Left == _all) Finish(slot, chunk, index);
        else _waiting.Add(slot);
    }

    // An ended scope not yet billed on every device: closed without those that keep it waiting too long.
    private void Settle(int slot, long now, bool last)
    {
        SlotChunk chunk = _slots.ChunkOf(slot);
        int index = slot & SlotChunk.Mask;
        ref ScopeAccount account = ref chunk.Accounts[index];
        ulong waiting = _all & ~account.Left;
        // With few slots left no bill may wait for a slow counter: a request without a slot would go unmetered.
        bool tooLong = last || SlotsInUse > _slots.Capacity / 4 * 3 || now - chunk.Slot(index).End > _lateTicks;
        for (; waiting != 0; waiting &= waiting - 1)
        {
            int device = BitOperations.TrailingZeroCount(waiting);
            if (!tooLong && !_biller.IsStale(device)) continue;
            if (!account.Late) _partlyLate++;
            ScopeSharing.LeaveLate(_books[device], 1UL << device, ref account, ref Share(chunk, index, device), chunk.Slot(index));
        }

        if (account.Left == _all) Finish(slot, chunk, index);
    }

    private void Finish(int slot, SlotChunk chunk, int index)
    {
        ref ScopeAccount account = ref chunk.Accounts[index];
        if (account.Late) _partlyLate--;
        account = default;
        ref ScopeSlot scope = ref chunk.Slot(index);
        _biller.Final(slot, ref scope, chunk.Shares.AsSpan(index * _books.Length, _books.Length));
        Free(slot, ref scope);
    }

    private void Free(int slot, ref ScopeSlot scope)
    {
        Volatile.Write(ref scope.Word, SlotWord.NextGeneration(scope.Word));
        _freed.Add(slot);
    }

    private ref ScopeShare Share(SlotChunk chunk, int index, int device) => ref chunk.Shares[(index * _books.Length) + device];
}
