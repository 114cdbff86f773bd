using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary><c>/health</c>: the result of <see cref="GreenAIHealthCheck"/>, with or without <c>AddHealthChecks()</c>.</summary>
internal static class HealthEndpoint
{
    public static async Task HandleAsync(HttpContext context)
    {
        var check = new GreenAIHealthCheck(
            context.RequestServices.GetRequiredService<EnergyMeter>(), context.RequestServices.GetRequiredService<IOptions<BudgetHealthOptions>>());
        HealthCheckResult result = await check.CheckHealthAsync(new HealthCheckContext(), context.RequestAborted);
        // As ASP.NET Core's own health checks answer.
        int status = result.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await EndpointAnswer.WriteJsonAsync(context, status, writer => Write(writer, result));
    }

    private static void Write(Utf8JsonWriter writer, in HealthCheckResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("status", result.Status.ToString());
        writer.WriteString("description", result.Description);
        writer.WriteStartObject("data");
        foreach ((string name, object value) in result.Data)
        {
            switch (value)
            {
                case bool flag: writer.WriteBoolean(name, flag); break;
                case long whole: writer.WriteNumber(name, whole); break;
                case double number when double.IsFinite(number): writer.WriteNumber(name, number); break;
                case string text: writer.WriteString(name, text); break;
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
