namespace GreenAI.Metering.Fuzz;

/// <summary>One reader of outside bytes. A new one is a class of its own file and a line in <see cref="FuzzTargets"/>.</summary>
internal interface IFuzzTarget
{
    /// <summary>What <c>--target</c> calls it.</summary>
    string Name { get; }

    /// <summary>Inputs of a short run.</summary>
    int Inputs { get; }

    /// <summary>Bytes that reading one input may allocate on its thread; 0 for a reader that promises it.</summary>
    long AllocationBound { get; }

    /// <summary>Inputs as they are in the world, from which others are made.</summary>
    IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>
    /// Reads the input. Only what the reader declares may come of it: a broken promise is a <see cref="FuzzFailure"/>, and so
    /// is every exception that leaves here.
    /// </summary>
    void Run(ReadOnlySpan<byte> input);
}
