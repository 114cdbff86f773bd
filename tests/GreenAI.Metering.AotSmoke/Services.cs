using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AotSmoke;

/// <summary>A container with metering configured by a section, as a service has it.</summary>
internal static class Services
{
    public static ServiceProvider Configure(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"GreenAI:{setting.Key}", (string?)setting.Value)))
            .Build();
        ServiceCollection services = new();
        services.AddGreenAIMetering(configuration.GetSection("GreenAI")).AddModel("from-builder").AddObserver<Observer>();
        return services.BuildServiceProvider();
    }
}
