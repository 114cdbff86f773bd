namespace GreenAI.Metering;

/// <summary>A policy in a file.</summary>
internal sealed class PolicyFile : PolicySource
{
    private readonly string _path;

    public PolicyFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    public override ReadOnlyMemory<byte> Read()
    {
        try
        {
            // Others may write, rename and delete it meanwhile: what is read then is looked at again.
            using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            using MemoryStream bytes = new();
            byte[] piece = new byte[1 << 16];
            int read;
            // One byte too many is enough to be refused by the reader.
            while (bytes.Length <= BudgetPolicy.MaxJsonBytes && (read = file.Read(piece)) > 0) bytes.Write(piece, 0, read);
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            string why = missing is FileNotFoundException or DirectoryNotFoundException ? "It does not exist" : "It cannot be read";
            throw new PolicyFormatException([new("$", null, $"{why}; it must be a file that this process may read.")], _path, missing);
        }
    }

    public override BudgetPolicy Parse(ReadOnlyMemory<byte> json, DateTimeOffset now) => PolicyJsonReader.Read(json, _path, now);
}
