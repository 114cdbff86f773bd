using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Readme.Snippets;

internal static class ServiceSnippets
{
    public static void Register(HostApplicationBuilder builder)
    {
        #region ServiceRegistration
        builder.Services.AddGreenAIMetering(builder.Configuration.GetSection("GreenAI"))
            .AddModel("digits-mlp");
        #endregion
    }
}
