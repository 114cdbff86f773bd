using GreenAI.Metering.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering.AotSmoke;

/// <summary>A wrong value is refused with a text that names key, value and range.</summary>
internal static class ChecksOfOptions
{
    public static void Run(CheckList checks)
    {
        string range = Refusal(("SamplingInterval", "00:00:00.001"));
        checks.Contains("GreenAI:SamplingInterval is 00:00:00.0010000", range, "validation: key and value");
        checks.Contains("from 00:00:00.0100000 to 00:00:10", range, "validation: the allowed range");
        checks.Contains("known sources are rapl, perf, emi, nvml, hwmon, load-model", Refusal(("Sources:0", "sundial")), "validation: an unknown source");
        string format = Refusal(("SamplingInterval", "soon"));
        checks.Contains("GreenAI:SamplingInterval", format, "binding: a text that is no time span is refused with its key");
        checks.Contains("soon", format, "binding: a text that is no time span is refused with its value");
    }

    private static string Refusal((string Key, string Value) setting)
    {
        using ServiceProvider services = Services.Configure(setting);
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return "accepted";
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            return exception.Message;
        }
    }
}
