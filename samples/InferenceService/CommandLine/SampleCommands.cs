using System.CommandLine;
using System.CommandLine.Invocation;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>The command line: serve (with or without a demonstration), load, gateway.</summary>
internal static class SampleCommands
{
    private const double StandardSeconds = 60;
    private const double MinSeconds = 1;
    private const double MaxSeconds = 86_400;

    // Long enough for a server to end what it is answering.
    private static readonly TimeSpan _termination = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args, Func<ServeOptions, CancellationToken, Task<int>> serve)
    {
        Option<bool> demo = new("--demo") { Description = "Drives itself with load, says what happened, and ends." };
        Option<double> seconds = Seconds("For how long the demonstration runs.");
        Option<bool> keep = new("--keep") { Description = "Goes on serving after the demonstration." };
        Option<string?> urls = Urls<string?>("Addresses to listen on. Left out: http://localhost:5080, or a free port.");
        RootCommand root = new("Tells hand-written digits over HTTP, and what each answer costs in joules and grams.")
        {
            demo, seconds, keep, urls, LoadCommand.Build(), GatewayCommand.Build(),
        };
        root.SetAction((result, cancellation) => serve(
            new ServeOptions(
                result.GetValue(demo),
                TimeSpan.FromSeconds(result.GetValue(seconds)),
                result.GetValue(keep),
                result.GetValue(urls) is { } given ? ["--urls", given] : []),
            cancellation));
        try
        {
            ParseResult parsed = root.Parse(args);

            // One line that says what is wrong is easier to find without the help after it.
            if (parsed.Action is ParseErrorAction errors) errors.ShowHelp = false;
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = _termination });
        }
        catch (Exception refused) when (refused is IOException or InvalidOperationException or Microsoft.Extensions.Options.OptionsValidationException or PolicyFormatException)
        {
            // What a person can mend: an address that is taken, a setting or a policy that is wrong.
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
    }

    public static Option<double> Seconds(string description)
    {
        Option<double> seconds = new("--seconds") { Description = description, DefaultValueFactory = _ => StandardSeconds };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= MinSeconds and <= MaxSeconds))
                result.AddError(FormattableString.Invariant($"--seconds must be from {MinSeconds} to {MaxSeconds}."));
        });
        return seconds;
    }

    /// <summary>Addresses to listen on, separated by semicolons. What the host cannot read it tells with a stack trace, long after the start.</summary>
    public static Option<T> Urls<T>(string description)
    {
        Option<T> urls = new("--urls") { Description = description };
        urls.Validators.Add(result =>
        {
            foreach (string address in result.Tokens.SelectMany(token => token.Value.Split(';')))
            {
                if (!IsAddress(address)) result.AddError($"--urls has '{address}'; it must be addresses such as http://localhost:5080, separated by semicolons.");
            }
        });
        return urls;
    }

    private static bool IsAddress(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= ushort.MaxValue };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public static Option<Uri> Service(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https")) return uri;
            result.AddError($"{name} is '{text}'; it must be an address such as http://localhost:5080.");
            return null;
        },
    };
}
