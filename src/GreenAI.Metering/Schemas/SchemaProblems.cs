namespace GreenAI.Metering;

/// <summary>What was found to be wrong with a document, up to a number of findings.</summary>
internal sealed class SchemaProblems(int most)
{
    private readonly List<SchemaProblem> _found = [];

    public IReadOnlyList<SchemaProblem> Found => _found;

    public int Count => _found.Count;

    public bool IsFull => _found.Count >= most;

    public void Add(string path, string reason, bool isRepeated = false)
    {
        if (!IsFull) _found.Add(new(path, reason, isRepeated));
    }

    /// <summary>Puts the place of a larger thing before what was found in a part of it.</summary>
    /// <param name="from">How many were found before the part was looked at.</param>
    /// <param name="part">Where the part is.</param>
    public void Under(int from, string part)
    {
        for (int i = from; i < _found.Count; i++) _found[i] = _found[i].Under(part);
    }
}
