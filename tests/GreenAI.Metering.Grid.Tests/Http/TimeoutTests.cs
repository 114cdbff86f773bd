using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Grid.Tests.Http;

public class TimeoutTests
{
    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_NoAnswer_UnreachableAfterTheTimeout(string name)
    {
        FakeTimeProvider clock = new(Bodies.Now);
        ICarbonIntensityProvider provider = ProviderCase.All[name].Over(new StubHandler(Never), clock);

        ValueTask<CarbonIntensityAnswer> asked = provider.GetAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        CarbonIntensityAnswer answer = await asked;

        Assert.Equal(CarbonGap.Unreachable, answer.Gap);
        Assert.EndsWith("did not answer in time (Timeout is 00:01:00).", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_BodyThatNeverEnds_UnreachableAfterTheTimeout(string name)
    {
        FakeTimeProvider clock = new(Bodies.Now);
        ICarbonIntensityProvider provider = ProviderCase.All[name].Over(
            new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) }), clock);

        ValueTask<CarbonIntensityAnswer> asked = provider.GetAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(CarbonGap.Unreachable, (await asked).Gap);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_CallerCancels_ThrowsWithTheCallersToken(string name)
    {
        using CancellationTokenSource source = new();
        ICarbonIntensityProvider provider = ProviderCase.All[name].Over(new StubHandler(Never));

        ValueTask<CarbonIntensityAnswer> asked = provider.GetAsync(source.Token);
        await source.CancelAsync();

        OperationCanceledException thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await asked);
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(ProviderCase.Names), MemberType = typeof(ProviderCase))]
    public async Task GetAsync_HandlersOwnTimeout_IsUnreachable(string name)
    {
        ICarbonIntensityProvider provider = ProviderCase.All[name].Over(
            new StubHandler(_ => throw new TaskCanceledException("slow", new TimeoutException())));

        Assert.Equal(CarbonGap.Unreachable, (await provider.GetAsync(TestContext.Current.CancellationToken)).Gap);
    }

    [Fact]
    public async Task GetAsync_DisposedClient_Throws()
    {
        HttpClient client = new();
        client.Dispose();
        ICarbonIntensityProvider provider = ProviderCase.All["uk-carbon-intensity"].Create(client, TimeProvider.System);

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await provider.GetAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> Never(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        TaskCompletionSource<HttpResponseMessage> never = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return await never.Task;
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
