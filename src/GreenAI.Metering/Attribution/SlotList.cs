namespace GreenAI.Metering;

/// <summary>A list of slot numbers that keeps its room between closes.</summary>
internal sealed class SlotList
{
    private int[] _items = new int[SlotChunk.Size];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    public void Add(int slot)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = slot;
    }

    public void Clear() => Count = 0;
}
