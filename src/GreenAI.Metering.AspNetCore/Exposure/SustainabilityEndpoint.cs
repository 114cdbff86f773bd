using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary><c>/.well-known/sustainability-data</c>: one document for everybody, made at most once a minute.</summary>
[Experimental("GAIM0001")]
internal sealed class SustainabilityEndpoint
{
    private const string MediaType = "application/sustainability-data+json";

    private readonly SustainabilityDataOptions _options;
    private readonly SustainabilityDocument _document;
    private readonly SharedResult<byte[]> _shared;
    private readonly EnergyMeter _meter;
    private readonly Func<SustainabilityFigures?> _figures;
    private readonly TimeProvider _time;

    // Of this process: who knows the period must not know the noise.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public SustainabilityEndpoint(SustainabilityDataOptions options, EnergyMeter meter, Func<SustainabilityFigures?> figures, TimeProvider time)
    {
        _options = options;
        _document = new SustainabilityDocument(options);
        _meter = meter;
        _figures = figures;
        _time = time;
        _shared = new SharedResult<byte[]>(() => Task.FromResult(Make()), TimeSpan.FromMinutes(1), time);
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (_options.RequireHttps && !context.Request.IsHttps)
        {
            await EndpointAnswer.ProblemAsync(context, StatusCodes.Status403Forbidden, "HTTPS is required", "This document is given by HTTPS only. Behind a proxy that ends TLS the service needs UseForwardedHeaders.");
            return;
        }

        byte[] body = await _shared.GetAsync(context.RequestAborted);
        context.Response.Headers.AccessControlAllowOrigin = "*";
        await EndpointAnswer.WriteAsync(context, StatusCodes.Status200OK, MediaType, body, "public, max-age=3600");
    }

    private byte[] Make()
    {
        DateOnly today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        SustainabilityFigures? figures = _figures();
        if (figures is not null) SustainabilityRules.ThrowIfInvalid(figures, today);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            _document.Write(writer, today, _meter.GetTotals().Tier, figures, figures is null ? 1 : Noise(figures.ReportingPeriod));
        return buffer.WrittenSpan.ToArray();
    }

    // The same for a period each time: the mean of many answers would tell the figure else.
    private double Noise(string period)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(period), hash);
        double unit = BitConverter.ToUInt32(hash) / (double)uint.MaxValue;
        return 1 + (_options.Noise * ((2 * unit) - 1));
    }
}
