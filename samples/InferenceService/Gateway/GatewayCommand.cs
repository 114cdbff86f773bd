using System.CommandLine;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary><c>gateway</c>: stands before the service, at the edge.</summary>
internal static class GatewayCommand
{
    private const string StandardUrl = "http://localhost:5081";

    public static Command Build()
    {
        Option<Uri> to = SampleCommands.Service("--to", "The service behind the gateway.");
        Option<string> urls = SampleCommands.Urls<string>("Addresses to listen on.");
        urls.DefaultValueFactory = _ => StandardUrl;
        Option<bool> http2 = new("--http2") { Description = "Speaks HTTP/2 without TLS on both sides, for trailers." };
        Command command = new("gateway", "Forwards requests to the service, and tells callers the carbon per inference of the model they asked.") { to, urls, http2 };
        command.SetAction(async (result, cancellation) =>
        {
            WebApplication gateway = GatewayApp.Create(result.GetRequiredValue(to), result.GetRequiredValue(urls), result.GetValue(http2));
            await using (gateway)
            {
                await gateway.StartAsync(cancellation);
                foreach (string url in gateway.Urls) Console.WriteLine($"The gateway listens on {url} and forwards to {result.GetRequiredValue(to)}. Ctrl+C ends it.");
                await gateway.WaitForShutdownAsync(cancellation);
            }

            return 0;
        });
        return command;
    }
}
