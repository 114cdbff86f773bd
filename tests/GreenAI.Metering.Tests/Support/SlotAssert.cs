namespace GreenAI.Metering.Tests;

internal static class SlotAssert
{
    /// <summary>Every slot up to the cap can be taken exactly once: none leaked, none stands in two free lists. Uses the table up.</summary>
    public static void NoneLeaked(SlotTable slots)
    {
        var taken = new HashSet<int>();
        for (int slot = slots.Pool.Pop(); slot >= 0; slot = slots.Pool.Pop()) Assert.True(taken.Add(slot), $"Slot {slot} was free twice.");
        Assert.Equal(slots.Capacity, taken.Count);
    }
}
