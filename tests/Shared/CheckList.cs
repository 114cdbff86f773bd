namespace GreenAI.Metering.Checks;

/// <summary>Prints a line per check, then how many passed and failed: for programs that cannot be a test project.</summary>
internal sealed class CheckList(TextWriter output)
{
    private int _passed;
    private int _failed;

    public bool AllPassed => _failed == 0;

    /// <summary>Prints <c>ok name</c>, or <c>FAILED name</c> with what was found.</summary>
    public void That(bool holds, string name, string found)
    {
        if (holds) _passed++;
        else _failed++;
        output.WriteLine(holds ? $"ok {name}" : $"FAILED {name}: {found}");
    }

    public void Equal<T>(T expected, T actual, string name) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), name, FormattableString.Invariant($"{actual} instead of {expected}"));

    public void Contains(string part, string text, string name) => That(text.Contains(part, StringComparison.Ordinal), name, $"'{text}'");

    /// <summary>Prints the closing line.</summary>
    /// <returns>The exit code: 0 when all passed.</returns>
    public int Close()
    {
        output.WriteLine(FormattableString.Invariant($"{_passed} passed, {_failed} failed"));
        return AllPassed ? 0 : 1;
    }
}
