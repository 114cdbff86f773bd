namespace GreenAI.Metering;

/// <summary>One board as NVML lists it. Its place in the list means nothing: the order is not CUDA's and may change.</summary>
internal readonly record struct NvmlBoard(string Uuid, nint Handle)
{
    /// <summary>More than any host has: bounds the loop when a broken driver counts without end.</summary>
    private const uint MostBoards = 256;

    /// <summary>Lists the boards that tell a UUID; the others are counted by why they do not.</summary>
    public static NvmlReturn List(NvmlLibrary library, List<NvmlBoard> boards, List<NvmlReturn> refusals)
    {
        NvmlReturn result = library.GetDeviceCount(out uint count);
        if (result != NvmlReturn.Success) return result;
        for (uint index = 0; index < Math.Min(count, MostBoards); index++)
        {
            string uuid = "";
            NvmlReturn answer = library.GetHandle(index, out nint handle);
            if (answer == NvmlReturn.Success) answer = library.GetUuid(handle, out uuid);
            if (answer == NvmlReturn.Success && uuid.Length == 0) answer = NvmlReturn.NoData;
            if (answer != NvmlReturn.Success) refusals.Add(answer);
            else if (!boards.Exists(board => board.Uuid == uuid)) boards.Add(new NvmlBoard(uuid, handle));
        }

        return NvmlReturn.Success;
    }

    /// <summary>Finds a board again after it was lost or the session was closed, opening the session when it is.</summary>
    /// <returns><see cref="NvmlReturn.GpuNotFound"/> when no board has the UUID.</returns>
    public static NvmlReturn Find(NvmlLibrary library, string uuid, out nint handle)
    {
        handle = 0;
        List<NvmlBoard> boards = [];
        NvmlReturn result = List(library, boards, []);
        if (result == NvmlReturn.Uninitialized)
        {
            result = library.Initialize();
            if (result == NvmlReturn.Success) result = List(library, boards, []);
        }

        if (result != NvmlReturn.Success) return result;
        foreach (NvmlBoard board in boards)
        {
            if (board.Uuid != uuid) continue;
            handle = board.Handle;
            return NvmlReturn.Success;
        }

        return NvmlReturn.GpuNotFound;
    }
}
