using System.Buffers;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Puts records into lines and links them. What was put is taken back when it could not be written.</summary>
/// <remarks>Used by one task at a time.</remarks>
internal sealed class AuditRecordWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _lines = new(1 << 12);
    private readonly ArrayBufferWriter<byte> _body = new(1 << 12);
    private readonly Utf8JsonWriter _json;

    public AuditRecordWriter() => _json = new Utf8JsonWriter(_body);

    /// <summary>The last record that was put.</summary>
    public AuditHead Head { get; private set; }

    /// <summary>The lines put since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;

    /// <summary>Forgets the lines and goes on after a record: the last one that was written.</summary>
    public void Clear(AuditHead head)
    {
        _lines.ResetWrittenCount();
        Head = head;
    }

    public void Put(BudgetEvent budgetEvent, long lost)
    {
        Begin(budgetEvent.Time, BudgetEventJson.KindOf(budgetEvent), lost);
        BudgetEventJson.WriteData(_json, budgetEvent);
        if (budgetEvent.PolicyHash.Length > 0) _json.WriteString("policy", budgetEvent.PolicyHash.Length <= 512 ? budgetEvent.PolicyHash : budgetEvent.PolicyHash[..512]);
        End();
    }

    public void PutLoss(DateTimeOffset time, long lost)
    {
        Begin(time, AuditFormat.LossKind, lost);
        End();
    }

    public void PutFile(DateTimeOffset time, string file, in AuditOpening opening, long lost)
    {
        AuditHead before = Head;
        Begin(time, AuditFormat.FileKind, lost);
        _json.WriteString("file", file);
        if (opening.PreviousFile is { } previous) _json.WriteString("previousFile", previous);
        _json.WriteNumber("previousSeq", before.Sequence);
        _json.WriteString("previousHash", before.Hash);
        _json.WriteString("reason", opening.IsRotation ? "rotation" : "start");
        if (opening.Break is { } found) _json.WriteString("break", found.Length <= 2048 ? found : found[..2048]);
        if (opening.TornFile is { } torn)
        {
            _json.WriteString("tornFile", torn);
            _json.WriteString("tornSha256", opening.TornHash);
            _json.WriteNumber("tornBytes", opening.TornBytes);
        }

        End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(DateTimeOffset time, string kind, long lost)
    {
        _body.ResetWrittenCount();
        _json.Reset(_body);
        _json.WriteStartObject();
        _json.WriteNumber("seq", Head.Sequence + 1);
        _json.WriteString("time", time.ToUniversalTime());
        _json.WriteString("kind", kind);
        if (lost > 0) _json.WriteNumber("lost", lost);
    }

    private void End()
    {
        _json.WriteString("prev", Head.Hash);
        _json.WriteEndObject();
        _json.Flush();
        ReadOnlySpan<byte> body = _body.WrittenSpan[..^1];
        string hash = AuditFormat.Hash(Head.Hash, body);
        _lines.Write(body);
        AuditFormat.WriteTail(_lines.GetSpan(AuditFormat.TailBytes), hash);
        _lines.Advance(AuditFormat.TailBytes);
        Head = new AuditHead(Head.Sequence + 1, hash);
    }
}
