using System.Text;
using System.Text.Json;

namespace GreenAI.Metering.Fuzz;

/// <summary>Names of models and tenants as callers give them, and what the page and the endpoints beside it make of them.</summary>
internal sealed class WebNamesTarget : IFuzzTarget
{
    // The dear ones: of each name another two.
    private static readonly string[] _shown =
        ["live", "report", "report?format=markdown", "report?format=csv", "report?format=csv&table=totals", "report/board", "report/board?format=markdown", "health"];

    private WebRig? _rig;

    public string Name => "web-names";

    public int Inputs => 150;

    // Answers made anew, of as many models as there is room for, and the host where it is new.
    public long AllocationBound => 1 << 23;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "llama-3.1:8b"u8.ToArray(), "org/model-7b"u8.ToArray(), "a|b, \"c\"\\ <d> = e"u8.ToArray(), "two\nlines\r\n\tof it"u8.ToArray(), "Größe 7 日本 😀"u8.ToArray(), "%2F/%2f%25"u8.ToArray(),
        "`x`*y*_z_[l](u)"u8.ToArray(), "=1+1"u8.ToArray(), "data: {}\n\nevent: x"u8.ToArray(), "\u202E\u2028\u0001"u8.ToArray(), new string('m', 256).Select(static c => (byte)c).ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        string name = Encoding.UTF8.GetString(input);
        // Names are kept for good: a new host before there is no room for this one.
        if (_rig is not null && _rig.Models >= PagesApp.MaxNames)
        {
            _rig.Dispose();
            _rig = null;
        }

        WebRig rig = _rig ??= PagesApp.Start();
        if (!TryInfer(rig, name)) return;
        for (int i = 0; i < 2; i++) WebBody.Check(Get(rig, _shown[(input.Length + (i * 5)) % _shown.Length]));
        // A server takes no path with a NUL in it.
        if (name.Contains('\0', StringComparison.Ordinal)) return;
        string escaped = Uri.EscapeDataString(name);
        bool isFound = IsOf(Get(rig, $"autoscaling/{escaped}"), name);
        // A slash that is escaped reads as one that was written so, where a name has such.
        bool isAmbiguous = name.Contains("%2F", StringComparison.OrdinalIgnoreCase) && name.Contains('/', StringComparison.Ordinal);
        FuzzFailure.Unless(isFound || isAmbiguous, "a model is found by its name, its slashes escaped");
        FuzzFailure.Unless(isFound || IsOf(Get(rig, $"autoscaling/{escaped.Replace("%2F", "/", StringComparison.Ordinal)}"), name), "a model is found by its name, its slashes as they are");
    }

    private static bool TryInfer(WebRig rig, string name)
    {
        try
        {
            ModelHandle model = rig.Meter.Model(name);
            TenantHandle tenant = WebTenant.IsFit(name) ? rig.Meter.Tenant(name) : default;
            InferenceScope scope = rig.Meter.Begin(model, rig.Meter.TryAdmit(new AdmissionRequest(model) { Tenant = tenant }));
            rig.Tick();
            scope.Complete();
        }
        catch (ArgumentException)
        {
            // As it says of names that no model may have.
            return false;
        }

        // What answers are made of is kept for a second.
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        return true;
    }

    private static WebAnswer Get(WebRig rig, string path)
    {
        WebRequest request = WebRequest.Parse(Encoding.UTF8.GetBytes($"GET {PagesApp.Page}/{path} HTTP/1.1\nHost: localhost"))!;
        WebAnswer answer = rig.Serve(request);
        WebPromises.Check(request, answer);
        return answer;
    }

    private static bool IsOf(WebAnswer answer, string name)
    {
        if (answer.StatusCode != 200) return false;
        using JsonDocument signals = JsonDocument.Parse(answer.Written.Bytes);
        return signals.RootElement.GetProperty("model").GetString() == name;
    }
}
