using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>A table as it may look after an accident: characters and lines changed, lost, doubled, swapped, the end cut off.</summary>
internal static class TableMutations
{
    private const string Alphabet = ";\n\r #.,-0123456789aAeEnNdDZ\0é\t";

    public static Gen<string> Of(string text)
    {
        string[] lines = text.Split('\n');
        Gen<int> at = Gen.Int[0, text.Length - 1];
        Gen<int> line = Gen.Int[0, lines.Length - 1];
        Gen<char> any = Gen.Int[0, Alphabet.Length - 1].Select(i => Alphabet[i]);
        return Gen.OneOf(
            Gen.Select(at, any, (i, c) => string.Concat(text.AsSpan(0, i), [c], text.AsSpan(i + 1))),
            Gen.Select(at, any, (i, c) => text.Insert(i, c.ToString())),
            Gen.Select(at, Gen.Int[1, 40], (i, length) => text.Remove(i, Math.Min(length, text.Length - i))),
            at.Select(i => text[..i]),
            line.Select(i => string.Join('\n', lines.Where((_, j) => j != i))),
            Gen.Select(line, line, (i, j) => string.Join('\n', [.. lines[..i], lines[j], .. lines[i..]])),
            Gen.Select(line, line, (i, j) => string.Join('\n', lines.Select((each, k) => k == i ? lines[j] : k == j ? lines[i] : each))),
            Gen.Select(line, any.Array[0, 40], (i, chars) => string.Join('\n', lines.Select((each, k) => k == i ? new string(chars) : each))));
    }
}
