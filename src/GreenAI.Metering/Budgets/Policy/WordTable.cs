namespace GreenAI.Metering;

/// <summary>The words by which a document names the values of an enumeration.</summary>
internal sealed class WordTable<T>(params (T Value, string Word)[] rows)
    where T : struct, Enum
{
    public T this[string word] => Array.Find(rows, row => row.Word == word).Value;

    /// <summary>The word of a value; null when it has none.</summary>
    public string? Of(T value) => Array.Find(rows, row => EqualityComparer<T>.Default.Equals(row.Value, value)).Word;

    public IEnumerable<string> Words => rows.Select(row => row.Word);
}
