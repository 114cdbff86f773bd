using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Writes recorded blocks to a stream on a thread of its own: whoever closes intervals never waits for a disk.</summary>
/// <remarks>Its memory is bounded. A stream that fails ends the recording with one line in the log.</remarks>
internal sealed class TraceWriter
{
    /// <summary>Blocks at once, those being recorded and written included: 16 MB.</summary>
    public const int MaxSegments = 256;

    private readonly object _gate = new();
    private readonly Queue<TraceSegment> _full = new(MaxSegments);
    private readonly Stack<TraceSegment> _free = new(MaxSegments);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _stream;
    private readonly bool _owned;
    private readonly ILogger _logger;
    private TraceSegment? _end;
    private TraceEnding _ending;
    private int _made;
    private uint _index;
    private bool _writing;
    private bool _failed;

    /// <param name="stream">Receives the trace.</param>
    /// <param name="owned">Whether the stream is disposed at the end.</param>
    /// <param name="logger">Receives what goes wrong.</param>
    public TraceWriter(Stream stream, bool owned, ILogger logger)
    {
        _stream = stream;
        _owned = owned;
        _logger = logger;
    }

    /// <summary>Completes when everything is written, or nothing more can be.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Whether nothing waits to be written: what was recorded so far may go out at once.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate) return _full.Count == 0 && !_writing;
        }
    }

    public void Start(TraceHeader header) =>
        new Thread(() => Run(header)) { IsBackground = true, Name = "GreenAI.Metering trace" }.Start();

    /// <summary>An empty segment; null when the stream is too far behind, or has failed.</summary>
    public TraceSegment? Rent()
    {
        lock (_gate)
        {
            if (_failed) return null;
            if (_free.TryPop(out TraceSegment? segment)) return segment;
            if (_made == MaxSegments) return null;
            _made++;
            return new TraceSegment();
        }
    }

    /// <summary>Takes a recorded segment and gives an empty one; null as <see cref="Rent"/> does.</summary>
    public TraceSegment? Exchange(TraceSegment recorded)
    {
        lock (_gate)
        {
            _full.Enqueue(recorded);
            Monitor.Pulse(_gate);
        }

        return Rent();
    }

    /// <summary>Ends the trace after what was recorded.</summary>
    public void End(TraceSegment end, TraceEnding ending)
    {
        lock (_gate)
        {
            if (_end is not null) return;
            (_end, _ending) = (end, ending);
            Monitor.Pulse(_gate);
        }
    }

    private void Run(TraceHeader header)
    {
        try
        {
            WriteHeader(header);
            while (Next() is { } segment) Write(segment);
            Write(_end!.Bytes, _end.Length, TraceFormat.EndBlock);
            _stream.Flush();
            if (_ending == TraceEnding.Behind) Log.TraceCut(_logger, MaxSegments * TraceFormat.BlockSize);
            else if (_ending == TraceEnding.Broken) Log.TraceBroken(_logger);
        }
        catch (Exception exception)
        {
            // A full disk, a closed stream, anybody's stream: the recording ends, metering and the host do not.
            Log.TraceFailed(_logger, exception);
        }

        Finish();
    }

    private void Finish()
    {
        lock (_gate)
        {
            _failed = true;
            _full.Clear();
            _free.Clear();
        }

        try
        {
            if (_owned) _stream.Dispose();
        }
        catch (Exception exception)
        {
            // As above: there is nothing left to lose.
            Log.TraceFailed(_logger, exception);
        }

        _finished.SetResult();
    }

    private TraceSegment? Next()
    {
        lock (_gate)
        {
            while (_full.Count == 0 && _end is null) Monitor.Wait(_gate);
            _writing = _full.TryDequeue(out TraceSegment? segment);
            return segment;
        }
    }

    private void Write(TraceSegment segment)
    {
        Write(segment.Bytes, segment.Length, TraceFormat.EventBlock);
        segment.Clear();
        lock (_gate)
        {
            _writing = false;
            _free.Push(segment);
        }
    }

    private void WriteHeader(TraceHeader header)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, TraceHeaderJson.Default.TraceHeader);
        if (json.Length > TraceFormat.MaxHeaderSize)
            throw new InvalidOperationException($"The descriptions of the devices take {json.Length} bytes; a trace has room for {TraceFormat.MaxHeaderSize}.");
        byte[] preamble = new byte[TraceFormat.PreambleSize];
        TraceFormat.WritePreamble(preamble);
        _stream.Write(preamble, 0, preamble.Length);
        byte[] block = new byte[TraceFormat.BlockHeaderSize + json.Length];
        json.CopyTo(block, TraceFormat.BlockHeaderSize);
        Write(block, block.Length, TraceFormat.HeaderBlock);
    }

    private void Write(byte[] bytes, int length, byte kind)
    {
        TraceFormat.Seal(bytes.AsSpan(0, length), kind, _index++);
        _stream.Write(bytes, 0, length);
    }
}
