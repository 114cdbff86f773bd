using System.Diagnostics.CodeAnalysis;
using System.Net;
using GreenAI.Metering;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a provider: its options by a name of their own, its HTTP client once, itself after those registered before.</summary>
internal static class GridRegistration
{
    /// <returns>The name of its options.</returns>
    public static string Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceCollection services,
        string client,
        string section,
        Func<TOptions, string, IEnumerable<string>> check,
        Func<Func<HttpClient>, TOptions, TimeProvider, ICarbonIntensityProvider> create)
        where TOptions : class
    {
        int before = services.Count(service => !service.IsKeyedService && service.ImplementationInstance is GridOptionsValidator<TOptions>);
        string name = before == 0 ? client : FormattableString.Invariant($"{client}#{before + 1}");
        if (before == 0) AddClient(services, client);
        services.AddOptions<TOptions>(name).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new GridOptionsValidator<TOptions>(name, section, check));
        services.AddSingleton(provider => create(
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(client),
            provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name),
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return name;
    }

    private static void AddClient(IServiceCollection services, string client)
    {
        IHttpClientBuilder builder = services.AddHttpClient(client);
        // Keys travel in headers; older versions of the package log them at Trace.
        builder.RedactLoggedHeaders(static _ => true);
        builder.ConfigurePrimaryHttpMessageHandler(static (handler, _) => StayThere(handler));
        builder.AddStandardResilienceHandler(static options => options.Retry.ShouldHandle = static arguments => new ValueTask<bool>(IsWorthTryingAgain(arguments.Outcome)));
    }

    // A redirection would repeat the key's header to another host.
    private static void StayThere(HttpMessageHandler handler)
    {
        if (handler is SocketsHttpHandler sockets) sockets.AllowAutoRedirect = false;
        else if (handler is HttpClientHandler client) client.AllowAutoRedirect = false;
    }

    // Not where the source says when to come back: the answer passes that on, instead of waiting for it here.
    private static bool IsWorthTryingAgain(Outcome<HttpResponseMessage> outcome) => HttpClientResiliencePredicates.IsTransient(outcome)
        && outcome.Result is not { StatusCode: HttpStatusCode.TooManyRequests }
        && outcome.Result?.Headers.RetryAfter is null;
}
