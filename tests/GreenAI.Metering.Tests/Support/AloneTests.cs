namespace GreenAI.Metering.Tests;

/// <summary>Tests that measure the memory of the whole process, or wait for the runtime to optimise: nothing runs beside them.</summary>
[CollectionDefinition(nameof(AloneTests), DisableParallelization = true)]
public sealed class AloneTests
{
}
