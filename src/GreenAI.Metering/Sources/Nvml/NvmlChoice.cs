namespace GreenAI.Metering;

/// <summary>Chooses the one reading of a board.</summary>
/// <remarks>
/// Counter and integrated power of a board disagree (ml-energy/zeus#181), so one is chosen, once, and told in the device's
/// remark; they are never mixed.
/// </remarks>
internal static class NvmlChoice
{
    // Three attempts: a passing trouble at start must not choose the worse reading for the life of the process.
    private const int Attempts = 3;

    private static readonly NvmlReading[] _fields = [.. NvmlReading.Preferred.Where(reading => reading.IsField)];

    /// <summary>Finds the best reading that works.</summary>
    /// <param name="library">The session.</param>
    /// <param name="device">The board.</param>
    /// <param name="chosen">The reading; null when there is none.</param>
    /// <returns>Why there is none: the first code that is more than "not supported", if any.</returns>
    public static NvmlReturn TryChoose(NvmlLibrary library, nint device, out NvmlReading? chosen)
    {
        NvmlReturn refusal = NvmlReturn.NotSupported;
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            (refusal, chosen) = Look(library, device, last: attempt == Attempts);
            if (chosen is not null || !IsPassing(refusal)) return refusal;
        }

        chosen = null;
        return refusal;
    }

    private static (NvmlReturn Refusal, NvmlReading? Chosen) Look(NvmlLibrary library, nint device, bool last)
    {
        NvmlFieldValue[] items = Array.ConvertAll(_fields, reading => reading.Item);
        NvmlReturn batch = library.GetFieldValues(device, items);
        NvmlReturn refusal = NvmlReturn.NotSupported;
        foreach (NvmlReading reading in NvmlReading.Preferred)
        {
            ulong value = 0;
            NvmlReturn result =
                !reading.IsField ? reading.Read(library, device, out value) :
                batch == NvmlReturn.Success ? NvmlReading.Take(in items[Array.IndexOf(_fields, reading)], out value) :
                batch;
            if (result == NvmlReturn.Success && value > reading.Most) result = NvmlReturn.NoData;
            if (result == NvmlReturn.Success) return (result, reading);
            if (refusal.Classify() == NvmlReturnClass.Unsupported) refusal = result;
            if (!last && IsPassing(result)) return (result, null);
        }

        return (refusal, null);
    }

    private static bool IsPassing(NvmlReturn result) => result.Classify() is NvmlReturnClass.Retry or NvmlReturnClass.NoData;
}
