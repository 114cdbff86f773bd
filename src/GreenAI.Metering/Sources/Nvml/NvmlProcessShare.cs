namespace GreenAI.Metering;

/// <summary>This process's share in the activity of one device that several processes use.</summary>
/// <remarks>
/// The share is our streaming-multiprocessor samples over everyone's since the last reading. Alone on the device it is 1.
/// NVML may tell the process ids of the host while we know ours of a container: who is not on the list is unknown (NaN), not 0.
/// </remarks>
internal sealed class NvmlProcessShare(NvmlLibrary library, uint processId)
{
    /// <summary>More clients or samples than a device can have: bounds the buffers when a broken driver asks for more.</summary>
    private const int MostEntries = 4096;

    private NvmlProcessInfo[] _clients = new NvmlProcessInfo[16];
    private NvmlProcessUtilizationSample[] _samples = new NvmlProcessUtilizationSample[32];
    private NvmlReturn _clientsClosed;
    private NvmlReturn _samplesClosed;
    private ulong _lastSeen;
    private bool _primed;

    /// <summary>Reads the share; NaN when it is not known.</summary>
    public NvmlReturn Read(nint device, out float share)
    {
        share = float.NaN;
        NvmlReturn result = ListClients(device, out ReadOnlySpan<NvmlProcessInfo> clients);
        if (result != NvmlReturn.Success) return result;

        (bool ours, bool others) = (false, false);
        foreach (ref readonly NvmlProcessInfo client in clients)
        {
            if (client.ProcessId == processId) ours = true;
            else others = true;
        }

        if (ours && others) return ReadSamples(device, out share);
        _primed = false;
        if (ours) share = 1;
        return NvmlReturn.Success;
    }

    /// <summary>Forgets what was seen: the device was lost, its clock may start again.</summary>
    public void Forget() => (_lastSeen, _primed) = (0, false);

    private NvmlReturn ListClients(nint device, out ReadOnlySpan<NvmlProcessInfo> clients)
    {
        clients = [];
        if (_clientsClosed != NvmlReturn.Success) return _clientsClosed;
        NvmlReturn result = library.GetClients(device, _clients, out uint count);
        for (int attempt = 0; attempt < 2 && result == NvmlReturn.InsufficientSize; attempt++)
        {
            if (!TryGrow(ref _clients, count)) return result;
            result = library.GetClients(device, _clients, out count);
        }

        if (result == NvmlReturn.Success) clients = _clients.AsSpan(0, (int)Math.Min(count, (uint)_clients.Length));
        else if (result.Classify() == NvmlReturnClass.Unsupported) _clientsClosed = result;
        return result;
    }

    private NvmlReturn ReadSamples(nint device, out float share)
    {
        share = float.NaN;
        if (_samplesClosed != NvmlReturn.Success) return _samplesClosed;

        // Sized by a call without a buffer: old drivers fill what they have, whatever length they are told.
        NvmlReturn result = library.GetProcessUtilization(device, [], _lastSeen, out uint count);
        if (result == NvmlReturn.Success) count = 0;
        for (int attempt = 0; attempt < 2 && result == NvmlReturn.InsufficientSize; attempt++)
        {
            if (count > _samples.Length && !TryGrow(ref _samples, count)) return result;
            result = library.GetProcessUtilization(device, _samples, _lastSeen, out count);
        }

        switch (result.Classify())
        {
            case NvmlReturnClass.Ok:
                share = Split(_samples.AsSpan(0, (int)Math.Min(count, (uint)_samples.Length)));
                break;
            case NvmlReturnClass.NoData:
                break;
            case NvmlReturnClass.Unsupported:
                _samplesClosed = result;
                return result;
            default:
                return result;
        }

        // The first answer reaches back to before we looked, and may tell of a time when we were alone: it only sets the start.
        if (!_primed) share = float.NaN;
        _primed = true;
        return NvmlReturn.Success;
    }

    private float Split(ReadOnlySpan<NvmlProcessUtilizationSample> samples)
    {
        (ulong own, ulong all, ulong newest) = (0, 0, _lastSeen);
        foreach (ref readonly NvmlProcessUtilizationSample sample in samples)
        {
            // Drivers leave entries unfilled or repeat old ones.
            if (sample.ProcessId == 0 || sample.Sm > 100 || sample.Timestamp <= _lastSeen) continue;
            newest = Math.Max(newest, sample.Timestamp);
            all += sample.Sm;
            if (sample.ProcessId == processId) own += sample.Sm;
        }

        _lastSeen = newest;
        return all == 0 ? float.NaN : (float)own / all;
    }

    // With room for those that come between asking for the size and asking for the entries.
    private static bool TryGrow<T>(ref T[] buffer, uint needed)
    {
        if (needed > MostEntries || buffer.Length >= MostEntries) return false;
        buffer = new T[Math.Min(MostEntries, Math.Max((int)needed + 8, buffer.Length * 2))];
        return true;
    }
}
