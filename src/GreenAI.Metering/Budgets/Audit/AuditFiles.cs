using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Opens a file to write it.</summary>
internal delegate Stream AuditOpener(string path, FileMode mode);

/// <summary>The writing end of an audit log's folder. What it throws is what files throw; then nothing is half done, and it is called again later.</summary>
/// <remarks>Used by one task at a time.</remarks>
internal sealed class AuditFiles(AuditLogOptions options, TimeProvider timeProvider, ILogger logger, AuditOpener open) : IDisposable
{
    // A batch, its first record and one more fit into the smallest file.
    private const int BatchBytes = AuditFormat.MaxLineBytes;
    private const int HeldOnUnix = 11, HeldOnMac = 35, HeldOnWindows = unchecked((int)0x80070020);

    private readonly AuditRecordWriter _records = new();
    private FileStream? _lock;
    private bool _isBegun;
    private Stream? _stream;
    private string? _name;
    private int _number;
    private long _length;
    private long _lostWritten;

    /// <summary>Events that wait to be written.</summary>
    public Queue<BudgetEvent> Pending { get; } = new();

    /// <summary>The last record that was written.</summary>
    public AuditHead Head { get; private set; }

    /// <summary>Whether something was written since the last flush.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Makes the folder and takes it for this log.</summary>
    /// <exception cref="InvalidOperationException">Another log has it.</exception>
    public void TakeLock()
    {
        if (_lock is not null) return;
        AuditFolder.Make(options.Folder);
        try
        {
            _lock = AuditFolder.OpenToWrite(Path.Combine(options.Folder, AuditFolder.LockName), FileMode.OpenOrCreate, FileShare.None);
            _isBegun = AuditFolder.IsBegun(options.Folder);
        }
        catch (IOException exception) when (exception.HResult is HeldOnUnix or HeldOnMac or HeldOnWindows)
        {
            throw new InvalidOperationException(
                $"The audit log in {options.Folder} is written by another log, of this process or of another one: two cannot go on with one chain. Give each a folder of its own.", exception);
        }
    }

    /// <summary>Writes what waits, and how many events were lost since the last record.</summary>
    /// <param name="lost">How many were lost so far.</param>
    public void Write(long lost)
    {
        if (_stream is null) Open(lost);
        // Until the first anchor is there, nothing follows the first record: then one that is missing later was removed.
        if (!_isBegun) Flush();
        while (Pending.Count > 0 || lost > _lostWritten)
        {
            int taken = Put(lost - _lostWritten);
            if (_length + _records.Lines.Length > options.MaxFileBytes)
            {
                Rotate(lost);
                continue;
            }

            Commit(lost);
            for (; taken > 0; taken--) Pending.Dequeue();
        }
    }

    /// <summary>Makes the anchor name the last record and, unless options say otherwise, the disk keep both.</summary>
    public void Flush()
    {
        if (!IsDirty || _stream is null) return;
        if (_stream is FileStream file) file.Flush(options.FlushesToDisk);
        else _stream.Flush();
        AuditAnchor.Write(options.Folder, Head, options.FlushesToDisk);
        if (!_isBegun) MarkBegun();
        IsDirty = false;
    }

    public void Dispose()
    {
        Close();
        _records.Dispose();
        _lock?.Dispose();
    }

    private void MarkBegun()
    {
        _lock!.Write("begun\n"u8);
        _lock.Flush(options.FlushesToDisk);
        _isBegun = true;
    }

    private int Put(long lost)
    {
        _records.Clear(Head);
        int taken = 0;
        foreach (BudgetEvent budgetEvent in Pending)
        {
            try
            {
                _records.Put(budgetEvent, taken == 0 ? lost : 0);
            }
            catch (Exception) when (taken > 0)
            {
                // Those before it are written first; then it is the first one, and only it is lost.
                break;
            }

            taken++;
            if (_records.Lines.Length >= BatchBytes) break;
        }

        if (taken == 0) _records.PutLoss(timeProvider.GetUtcNow(), lost);
        return taken;
    }

    private void Commit(long lost)
    {
        try
        {
            _stream!.Write(_records.Lines);
        }
        catch (Exception)
        {
            // It may have been written in part: opening it again cuts that off.
            Close();
            throw;
        }

        _length += _records.Lines.Length;
        Head = _records.Head;
        _lostWritten = lost;
        IsDirty = true;
    }

    private void Rotate(long lost)
    {
        Flush();
        Close();
        Begin(_number + 1, new() { PreviousFile = _name, IsRotation = true }, lost);
    }

    private void Open(long lost)
    {
        TakeLock();
        if (_name is not null)
        {
            Reopen(lost);
            return;
        }

        AuditStart start = AuditStart.Of(options.Folder, _isBegun);
        if (start.Opening.TornFile is { } torn) Log.AuditTorn(logger, options.Folder, start.Opening.TornBytes, torn);
        Head = start.Head;
        Begin(start.Number, start.Opening, lost);
    }

    private void Reopen(long lost)
    {
        string path = Path.Combine(options.Folder, _name!);
        string found = "The file was removed while it could not be written.";
        if (File.Exists(path))
        {
            Stream stream = open(path, FileMode.Open);
            if (stream.Length >= _length)
            {
                stream.SetLength(_length);
                stream.Position = _length;
                _stream = stream;
                return;
            }

            found = "The file was cut while it could not be written.";
            stream.Dispose();
        }

        Begin(_number + 1, new() { PreviousFile = _name, Break = found }, lost);
    }

    private void Begin(int number, in AuditOpening opening, long lost)
    {
        while (File.Exists(Path.Combine(options.Folder, AuditFolder.Name(number)))) number++;
        string name = AuditFolder.Name(number), path = Path.Combine(options.Folder, name);
        _records.Clear(Head);
        _records.PutFile(timeProvider.GetUtcNow(), name, opening, lost - _lostWritten);
        _stream = open(path, FileMode.CreateNew);
        long before = _length;
        _length = 0;
        try
        {
            Commit(lost);
        }
        catch (Exception)
        {
            _length = before;
            File.Delete(path);
            throw;
        }

        (_name, _number) = (name, number);
        if (opening.Break is { } found) Log.AuditBroken(logger, options.Folder, name, found);
        Flush();
    }

    private void Close()
    {
        Stream? stream = _stream;
        _stream = null;
        try
        {
            stream?.Dispose();
        }
        catch (Exception exception) when (AuditFolder.IsOfFiles(exception))
        {
            // What it failed to write is written again after it is opened again.
        }
    }
}
