namespace GreenAI.Metering;

/// <summary>Looks for NVIDIA boards.</summary>
internal static class NvmlDetection
{
    /// <summary>Loads the first usable NVML of several names or paths and looks for boards.</summary>
    public static SourceDetection Detect(SourceContext context, IReadOnlyList<string> candidates, NvmlOptions options) =>
        NvmlLoader.TryLoad(candidates, out NvmlLibrary? library, out SourceFinding? refusal)
            ? Detect(context, options, library)
            : new SourceDetection { Findings = [refusal] };

    /// <summary>Looks for boards through a library and takes it over: the source closes it, or this method if there is none.</summary>
    public static SourceDetection Detect(SourceContext context, NvmlOptions options, NvmlLibrary library)
    {
        List<SourceFinding> findings = [];
        List<NvmlDevice> devices = FindDevices(context, options, library, findings);
        if (devices.Count > 0)
        {
            return new SourceDetection
            {
                Source = new NvmlPowerSource(library, devices, context.TimeProvider),
                Findings = findings,
            };
        }

        library.Dispose();
        return new SourceDetection { Findings = findings };
    }

    private static List<NvmlDevice> FindDevices(
        SourceContext context, NvmlOptions options, NvmlLibrary library, List<SourceFinding> findings)
    {
        List<NvmlBoard> boards = [];
        List<NvmlReturn> refusals = [];
        if (Start(library, boards, refusals) is { } refusal)
        {
            findings.Add(refusal);
            return [];
        }

        NvmlSelection selection = NvmlSelection.Decide(options, library, boards);
        List<NvmlDevice> devices = [];
        List<NvmlDevice> modules = [];
        int passedOver = 0;
        foreach (NvmlBoard board in boards)
        {
            if (!selection.Includes(board.Uuid))
            {
                passedOver++;
                continue;
            }

            NvmlReturn result = NvmlChoice.TryChoose(library, board.Handle, out NvmlReading? reading);
            if (reading is null) findings.Add(NvmlFindings.NotMetered(board.Uuid, result));
            else if (reading.Scope == NvmlScope.Module) modules.Add(Open(board, reading));
            else devices.Add(Open(board, reading));
        }

        NvmlDevice Open(NvmlBoard board, NvmlReading reading) => new(library, board, reading, options.ProcessId, context.TimeProvider);
        foreach (NvmlDevice module in modules) Add(module, options, devices, findings);

        // One line for each reason, not for each board.
        foreach (NvmlReturn result in refusals.Distinct()) findings.Add(NvmlFindings.NotMetered("A GPU without a UUID", result));
        if (passedOver > 0)
        {
            findings.Add(NvmlFindings.NotSelected(passedOver, devices.Count == 0 ? selection : null));
        }

        if (devices.Count > 0) findings.Insert(0, NvmlFindings.Used(devices.ConvertAll(device => device.Description), selection));
        else if (findings.Count == 0) findings.Add(NvmlFindings.NoBoard);
        return devices;
    }

    // What a module draws holds its processor, and on some superchips another board of the list: it is used alone or not at all.
    private static void Add(NvmlDevice module, NvmlOptions options, List<NvmlDevice> devices, List<SourceFinding> findings)
    {
        if (options.ProcessorMetered) findings.Add(NvmlFindings.ContainsMeteredProcessor(module.Uuid));
        else if (devices.Count > 0) findings.Add(NvmlFindings.MayContainBoard(module.Uuid, devices[0].Description.Id));
        else devices.Add(module);
    }

    private static SourceFinding? Start(NvmlLibrary library, List<NvmlBoard> boards, List<NvmlReturn> refusals)
    {
        if (library.MissingExport is { } export) return NvmlFindings.MissingExport("that was handed in", export);
        NvmlReturn result = library.Initialize();
        if (result == NvmlReturn.Success) result = NvmlBoard.List(library, boards, refusals);
        return result == NvmlReturn.Success ? null : NvmlFindings.NotStarted(result);
    }
}
