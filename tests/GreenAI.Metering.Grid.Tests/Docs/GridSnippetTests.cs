using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Readme.Snippets;

namespace GreenAI.Metering.Grid.Tests.Docs;

public class GridSnippetTests
{
    [Fact]
    public void Snippet_RegistersTwoProvidersOfOneKindInOrder()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GreenAI:Carbon:ElectricityMaps:ApiKey"] = Secrets.Key,
            ["GreenAI:Carbon:ElectricityMaps:Zone"] = "DE",
        });
        GridSnippets.Register(builder);
        using IHost host = builder.Build();

        FallbackCarbonIntensity fallback = new([.. host.Services.GetServices<ICarbonIntensityProvider>()], TimeProvider.System);

        Assert.Equal("electricity-maps, then carbon-aware-sdk", fallback.Name);
    }
}
