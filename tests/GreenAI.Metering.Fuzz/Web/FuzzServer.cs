using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace GreenAI.Metering.Fuzz;

/// <summary>A server without sockets: requests go in as objects, one at a time, and answers come out.</summary>
internal sealed class FuzzServer : IServer, IHostLifetime
{
    private Func<WebAnswer, Task>? _process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = answer => ProcessAsync(application, answer);
        return Task.CompletedTask;
    }

    // Signals end the program, as those of a program without a host do, instead of the host alone.
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    public WebAnswer Serve(WebRequest request)
    {
        WebAnswer answer = new(request);
        _process!(answer).GetAwaiter().GetResult();
        return answer;
    }

    // In the order of Kestrel: the context lives until the response is complete.
    private static async Task ProcessAsync<TContext>(IHttpApplication<TContext> application, WebAnswer answer)
        where TContext : notnull
    {
        TContext context = application.CreateContext(answer.Features);
        ExceptionDispatchInfo? thrown = null;
        try
        {
            await application.ProcessRequestAsync(context);
            await answer.StartAsync();
        }
        catch (OperationCanceledException) when (answer.RequestAborted.IsCancellationRequested)
        {
            // What comes of a caller that has gone; servers say nothing of it.
        }
        catch (Exception exception)
        {
            thrown = ExceptionDispatchInfo.Capture(exception);
        }

        await answer.EndAsync();
        application.DisposeContext(context, thrown?.SourceException);
        thrown?.Throw();
    }
}
