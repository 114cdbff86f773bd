using GreenAI.Metering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Readme.Snippets;

/// <summary>The README's snippet on live grid intensity, compiled and run by the tests.</summary>
internal static class GridSnippets
{
    public static void Register(HostApplicationBuilder builder)
    {
        #region livegrid
        builder.Services.AddGreenAIMetering(builder.Configuration.GetSection("GreenAI"))
            // Zone and key from configuration; the key by the environment: GreenAI__Carbon__ElectricityMaps__ApiKey.
            .AddElectricityMaps(builder.Configuration.GetSection("GreenAI:Carbon:ElectricityMaps"))
            // Asked when the first has no figure for now. All must be of one kind.
            .AddCarbonAwareSdk(options =>
            {
                options.BaseAddress = new Uri("http://carbon-aware-sdk:8080");
                options.Location = "germanywestcentral";
                options.Signal = CarbonSignal.Average;          // its answers do not say, so you must
                options.Boundary = CarbonBoundary.Lifecycle;
            });
        #endregion
    }
}
