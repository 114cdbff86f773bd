namespace GreenAI.Metering.Benchmarks;

/// <summary>A scenario file is wrong; the message names file, key, and what is allowed.</summary>
internal sealed class ScenarioFileException(string file, string problem) : Exception($"{file}: {problem}");
