using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>Requests as clients, browsers, proxies and scrapers send them.</summary>
internal static class WebCorpus
{
    public static byte[][] Metered { get; } =
    [
        Request("POST /plain HTTP/1.1", "Host: example.org", "X-Tenant: acme", "Content-Type: application/json", "Accept: */*"),
        Request("POST /open HTTP/1.1", "Host: example.org", "X-Tenant: acme", "Server-Timing: energy;desc=\"9 J\"", "Carbon-Emissions-Scope-2: 123456"),
        Request("GET /open HTTP/2", "@tenant: globex", "TE: trailers"),
        Request("HEAD /open HTTP/1.0", "X-Tenant: Größe 7"),
        Request("POST /quiet HTTP/2", "X-Tenant: initech", "X-Tenant: acme"),
        Request("GET /unmetered?x=1 HTTP/1.1", "X-Tenant: nobody"),
        Request("POST /backend HTTP/2", "X-Tenant: acme", "Content-Type: application/grpc+proto", "X-Status: 0", "TE: trailers"),
        Request("POST /backend HTTP/1.1", "X-Tenant: umbrella", "Content-Type: application/grpc", "X-Status: 13"),
        Request("POST /backend HTTP/2", "@tenant: acme", "Content-Type: application/grpc", "X-Status: 1"),
        Request("POST /refused HTTP/2", "X-Tenant: acme", "Content-Type: application/grpc"),
        Request("POST /refused HTTP/1.1", "X-Tenant: acme", "Content-Type: application/json"),
        Request("POST /unlimited HTTP/1.1", "X-Tenant: acme"),
        Request("POST /unlimited HTTP/2", "Content-Type: application/grpc", "X-Tenant: (unknown)"),
        Request("POST /plain HTTP/1.1", "X-Tenant: acme", "@gone: yes"),
        .. Enumerable.Range(0, MeteredApp.MaxNames).Select(static number => Request($"POST /run/org%2Fmodel-{number}:7b HTTP/1.1", $"X-Tenant: tenant {number}")),
    ];

    public static byte[][] Pages { get; } =
    [
        Request("GET /greenai HTTP/1.1", "Host: localhost:5000", "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
        Request("GET /greenai?theme=dark#top HTTP/1.1", "Host: [::1]:5000", "@remote: ::1"),
        Request("GET /greenai/ HTTP/2", "Host: app.localhost", "If-None-Match: \"a\", W/\"b\""),
        Request("GET /greenai/assets/app.js HTTP/1.1", "Host: 127.0.0.1", "If-None-Match: *", "@remote: ::ffff:127.0.0.1"),
        Request("GET /greenai/live HTTP/1.1", "Host: localhost", "Accept: text/event-stream", "Origin: http://localhost:5000", "Last-Event-ID: 7"),
        Request("GET /greenai/report HTTP/1.1", "Host: localhost", "Accept: text/csv;q=0.9, text/markdown;q=0.8, application/json;q=0.1"),
        Request("GET /greenai/report?format=csv&table=totals HTTP/1.1", "Host: localhost", "X-Later: 1"),
        Request("GET /greenai/report?format=markdown&format=json HTTP/2", "Host: localhost"),
        Request("GET /greenai/report/board?format=markdown HTTP/1.1", "Host: localhost"),
        Request("GET /greenai/autoscaling/org%2Fmodel:7b HTTP/1.1", "Host: localhost", "User-Agent: KEDA"),
        Request("HEAD /greenai/autoscaling/small HTTP/1.1", "Host: localhost"),
        Request("GET /greenai/health HTTP/1.1", "Host: localhost"),
        Request("GET /greenai/report HTTP/1.1", "Host: localhost", "X-Forwarded-For: 203.0.113.9"),
        Request("GET /greenai/live HTTP/1.1", "Host: localhost", "@remote: 203.0.113.9"),
        Request("GET /greenai/health HTTP/1.1", "Host: rebound.example.org", "Origin: http://rebound.example.org"),
        Request("GET /greenai/report HTTP/1.0", "Host: localhost"),
        Request("GET /greenai/live HTTP/2", "Host: localhost", "@gone: yes"),
        Request("GET /greenai/report HTTP/1.1", "Host: localhost", "Via: 1.1 proxy"),
        Request("GET /greenai/report HTTP/2", "Host: localhost", "X-Real-IP: 203.0.113.9"),
        Request("GET /greenai/report HTTP/1.1", "Host: localhost", "x-client-ip: 203.0.113.9"),
        Request("GET /greenai/report HTTP/1.1", "Host: localhost", "X-Original-Host: example.org"),
        Request("GET /greenai/report HTTP/1.1", "Host: localhost", "Forwarded: for=203.0.113.9;proto=https"),
        Request("GET /.well-known/sustainability-data HTTP/1.1", "Host: example.org", "@remote: 203.0.113.9", "@https: on"),
    ];

    private static byte[] Request(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));
}
