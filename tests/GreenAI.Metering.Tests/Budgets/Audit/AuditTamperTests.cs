using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Any single change of any file is found, at its place or at the first record after it.</summary>
public sealed class AuditTamperTests
{
    private static readonly string[] _names = [AuditFolder.Name(1), AuditFolder.Name(2), AuditFolder.Name(3), AuditFolder.HeadName];

    [Fact]
    public async Task Byte_Changed_IsFoundThere()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(6, 5, 4);
        Dictionary<string, byte[]> files = Read(rig);
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1 << 20], Gen.Int[1, 255]).Sample(
            (file, at, change) =>
            {
                byte[] bytes = [.. files[_names[file]]];
                at %= bytes.Length;
                bytes[at] ^= (byte)change;
                AssertFound(rig, files, _names[file], bytes, LineOf(bytes.AsSpan(0, at)));
            },
            iter: 600, threads: 1);
    }

    [Fact]
    public async Task Byte_RemovedOrInserted_IsFoundThere()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(6, 5, 4);
        Dictionary<string, byte[]> files = Read(rig);
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1 << 20], Gen.Int[-1, 255]).Sample(
            (file, at, change) =>
            {
                byte[] bytes = files[_names[file]];
                at %= bytes.Length;
                byte[] changed = change < 0 ? [.. bytes[..at], .. bytes[(at + 1)..]] : [.. bytes[..at], (byte)change, .. bytes[at..]];
                AssertFound(rig, files, _names[file], changed, LineOf(bytes.AsSpan(0, at)));
            },
            iter: 600, threads: 1);
    }

    [Fact]
    public async Task File_CutAtAnyByte_IsFoundThere()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(3, 2);
        Dictionary<string, byte[]> files = Read(rig);
        foreach (string name in files.Keys)
        {
            byte[] bytes = files[name];
            for (int at = 0; at < bytes.Length; at++)
            {
                // Of the middle of lines some, of their ends all.
                if (at % 7 == 0 || bytes.AsSpan(Math.Max(0, at - 2), Math.Min(4, bytes.Length - at)).Contains((byte)'\n')) AssertFound(rig, files, name, bytes[..at], LineOf(bytes.AsSpan(0, at)));
            }
        }
    }

    [Fact]
    public async Task Line_RemovedDuplicatedOrSwapped_IsFoundThere()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(6, 5, 4);
        Dictionary<string, byte[]> files = Read(rig);
        foreach (string name in _names[..3])
        {
            string[] lines = Encoding.ASCII.GetString(files[name]).Split('\n')[..^1];
            for (int i = 0; i < lines.Length; i++)
            {
                AssertFound(rig, files, name, Bytes([.. lines[..i], .. lines[(i + 1)..]]), i + 1);
                for (int to = 0; to <= lines.Length; to++)
                {
                    // A copy anywhere, and a move to anywhere else.
                    List<string> copied = [.. lines], moved = [.. lines];
                    copied.Insert(to, lines[i]);
                    AssertFound(rig, files, name, Bytes([.. copied]), to + 1, laterLines: i >= to ? 1 : 0);
                    moved.RemoveAt(i);
                    if (to == lines.Length) continue;
                    moved.Insert(to, lines[i]);
                    if (to != i) AssertFound(rig, files, name, Bytes([.. moved]), Math.Min(i, to) + 1);
                }
            }
        }
    }

    [Fact]
    public async Task Files_RemovedOrSwapped_AreFoundInTheFirstFileAfter()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(6, 5, 4);
        Dictionary<string, byte[]> files = Read(rig);
        for (int i = 0; i < 3; i++)
        {
            File.Delete(rig.PathOf(i + 1));
            AuditVerification removed = await rig.VerifyAsync();
            Assert.Equal(_names[i == 2 ? 1 : i + 1], removed.Problems[0].File);
            Assert.Equal(i == 2 ? AuditProblemKind.Truncated : AuditProblemKind.Removed, removed.Problems[0].Kind);
            Write(rig, _names[i], files[_names[i]]);
        }

        Write(rig, _names[0], files[_names[1]]);
        Write(rig, _names[1], files[_names[0]]);
        AuditVerification swapped = await rig.VerifyAsync();
        Assert.Equal((AuditProblemKind.Reordered, _names[0], 1L), (swapped.Problems[0].Kind, swapped.Problems[0].File, swapped.Problems[0].Line));
    }

    [Fact]
    public async Task Problems_SayWhatWasDone()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(8);
        string[] lines = rig.Lines(1);
        await Check([.. lines[..3], .. lines[5..]], (AuditProblemKind.Removed, 4, 6, "Records 4 to 5 are missing before it."));
        await Check([.. lines[..3], lines[2], .. lines[3..]], (AuditProblemKind.Inserted, 4, 3, "A record of this number was there already."));
        await Check(
            [.. lines[..3], lines[4], lines[3], .. lines[5..]],
            (AuditProblemKind.Reordered, 4, 5, "The record stands before record 4, which is in line 5 of audit-000001.jsonl."),
            (AuditProblemKind.Reordered, 5, 4, "The record stands after record 5."));
        await Check([.. lines[..3], lines[3].Replace("40 g", "41 g", StringComparison.Ordinal), .. lines[4..]], (AuditProblemKind.Altered, 4, 4, "The record is not what was written: its hash is another."));
        await Check([.. lines[..3], "", .. lines[3..]], (AuditProblemKind.Altered, 4, 4, "The line is no record of an audit log."));
        await Check([.. lines[..3], new string('x', 100_000), .. lines[4..]], (AuditProblemKind.Altered, 4, 4, "The line is longer than any record."));
        await Check(lines[..7], (AuditProblemKind.Truncated, 8, 8, "Records 8 to 9 are missing at the end: the anchor, or the head that was given, is ahead."));

        async Task Check(string[] changed, params (AuditProblemKind, long, long, string)[] expected)
        {
            Write(rig, _names[0], Bytes(changed));
            Assert.Equal(expected, (await rig.VerifyAsync()).Problems.Select(problem => (problem.Kind, problem.Line, problem.Sequence, problem.Message)));
        }
    }

    [Fact]
    public async Task Record_ForgedWithItsHash_IsFoundAtTheOneAfter()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(8);
        string[] lines = rig.Lines(1);
        string body = lines[3][..lines[3].LastIndexOf(",\"hash\":", StringComparison.Ordinal)].Replace("40 g", "41 g", StringComparison.Ordinal);
        string previous = lines[2].Substring(lines[2].Length - 66, 64);
        lines[3] = $"{body},\"hash\":\"{AuditFormat.Hash(previous, Encoding.ASCII.GetBytes(body))}\"}}";
        Write(rig, _names[0], Bytes(lines));
        AuditProblem problem = Assert.Single((await rig.VerifyAsync()).Problems);
        Assert.Equal((AuditProblemKind.Altered, 5L), (problem.Kind, problem.Line));
    }

    [Fact]
    public async Task Problems_VeryMany_AreCountedAndTheFirstThousandKept()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(1);
        await File.AppendAllTextAsync(rig.PathOf(1), new string('\n', 5000), TestContext.Current.CancellationToken);
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Equal((5000, 1000), (verification.ProblemCount, verification.Problems.Count));
    }

    private static void AssertFound(AuditRig rig, Dictionary<string, byte[]> files, string name, byte[] changed, int line, int laterLines = 0)
    {
        if (changed.AsSpan().SequenceEqual(files[name])) return;
        Write(rig, name, changed);
        AuditVerification verification = AuditVerifier.Verify(rig.Folder, null, null, CancellationToken.None);
        Write(rig, name, files[name]);
        Assert.False(verification.IsIntact, $"{name}:{line} was changed");
        if (name == AuditFolder.HeadName) return;
        AuditProblem first = verification.Problems[0];
        // At the line, at the next one, or, where no line of the file is left after it, at the first one of the next file.
        bool isNear = first.File == name ? first.Line >= line && first.Line <= line + 1 + laterLines
            : string.CompareOrdinal(first.File, name) > 0 && first.Line == 1 && line >= LineOf(changed);
        Assert.True(isNear, $"{name}:{line} was changed, found: {first}");
    }

    private static Dictionary<string, byte[]> Read(AuditRig rig) =>
        _names.Select(name => Path.Combine(rig.Folder, name)).Where(File.Exists).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    private static void Write(AuditRig rig, string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(rig.Folder, name), bytes);

    private static byte[] Bytes(string[] lines) => Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");

    private static int LineOf(ReadOnlySpan<byte> before) => before.Count((byte)'\n') + 1;
}
