using System.Net;
using System.Text;
using CsCheck;

namespace GreenAI.Metering.Grid.Tests.Fuzzing;

/// <summary>Fuzzed answers never throw out of a provider, whatever the status, the headers and the body.</summary>
public class FuzzedAnswerTests
{
    private static readonly string[] _pieces =
    [
        "null", "\"", "{", "}", "[", "]", ",", ":", "-1", "1e999", "-0", "NaN", "99999999999999999999", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00Z\"",
        "\\ud800", "\\u0000", "2026-11-03T10:20:00Z", "00:00:00", "<html>", "\uFEFF", "\r\n", "{\"data\":[]}", "[[]]", "true",
    ];

    private static readonly Gen<int> _status = Gen.Frequency((6, Gen.Const(200)), (4, Gen.Int[200, 599]));

    private static readonly Gen<string> _retryAfter = Gen.OneOf(
        Gen.Const(""), Gen.Int[-5, int.MaxValue].Select(seconds => $"{seconds}"), Gen.Const("Tue, 03 Nov 2026 11:00:00 GMT"), Gen.String[Gen.Char[' ', '~'], 0, 20]);

    // Where, what to do there, and with what.
    private static readonly Gen<(int At, int Change, int With)[]> _changes = Gen.Select(Gen.Int[0, 4096], Gen.Int[0, 4], Gen.Int[0, 255]).Array[0, 5];

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public void GetAsync_FuzzedAnswer_IsAnAnswer(string name)
    {
        ProviderCase provider = ProviderCase.All[name];
        byte[][] corpus = [Encoding.UTF8.GetBytes(provider.Body), Encoding.UTF8.GetBytes(Bodies.WattTimeLogin), [], .. ProviderCase.All.Values.Select(one => Encoding.UTF8.GetBytes(one.Body))];
        // Mostly the source's own answer.
        Gen<byte[]> body = Gen.Select(Gen.Frequency((8, Gen.Const(0)), (3, Gen.Int[0, corpus.Length - 1])), _changes).Select((from, changes) => Change(corpus[from], changes));
        Gen.Select(_status, _retryAfter, body, Gen.Bool).Sample(
            (status, retryAfter, bytes, logsIn) =>
            {
                ICarbonIntensityProvider fuzzed = provider.Over(new StubHandler(request =>
                {
                    if (logsIn && request.RequestUri!.AbsolutePath == "/login") return StubHandler.Response(200, Bodies.WattTimeLogin);
                    HttpResponseMessage response = new((HttpStatusCode)status) { Content = new ByteArrayContent(bytes) };
                    if (retryAfter.Length > 0) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
                    return response;
                }));
                ValueTask<CarbonIntensityAnswer> asked = fuzzed.GetAsync(CancellationToken.None);
                Assert.True(asked.IsCompletedSuccessfully, "nothing was waited for, and nothing was thrown");
                Check(asked.Result, fuzzed);
            },
            iter: 3000);
    }

    private static void Check(CarbonIntensityAnswer answer, ICarbonIntensityProvider provider)
    {
        if (answer.Gap != CarbonGap.None)
        {
            Assert.Empty(answer.Factors);
            Assert.False(string.IsNullOrWhiteSpace(answer.Reason));
            Assert.DoesNotContain(answer.Reason, char.IsControl);
            Assert.All(Secrets.All, secret => Assert.DoesNotContain(secret, answer.Reason, StringComparison.Ordinal));
            if (answer.RetryAfter is { } wait) Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromDays(1));
            return;
        }

        Assert.NotEmpty(answer.Factors);
        Assert.Contains(answer.Factors, factor => factor.ValidTo > Bodies.Now);
        DateTimeOffset last = DateTimeOffset.MinValue;
        foreach (CarbonFactor factor in answer.Factors)
        {
            Assert.InRange(factor.Intensity.GramsPerKilowattHour, 0, 10_000);
            Assert.True(factor.ValidFrom >= last && factor.ValidTo > factor.ValidFrom, "factors are in order and do not overlap");
            Assert.Equal(provider.Kind, factor.Kind);
            last = factor.ValidTo;
        }
    }

    private static byte[] Change(byte[] body, (int At, int Change, int With)[] changes)
    {
        List<byte> bytes = [.. body];
        foreach ((int place, int change, int with) in changes)
        {
            int at = bytes.Count == 0 ? 0 : place % bytes.Count;
            switch (change)
            {
                case 0 when bytes.Count > 0:
                    bytes[at] = (byte)with;
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(with % 32, bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(_pieces[with % _pieces.Length]));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, body.Take(with));
                    break;
            }
        }

        return [.. bytes];
    }
}
