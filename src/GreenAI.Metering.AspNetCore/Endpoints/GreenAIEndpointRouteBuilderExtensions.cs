using GreenAI.Metering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the page and the endpoints beside it.</summary>
public static class GreenAIEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the page of the meter at a path, and beside it <c>/live</c> (server-sent events), <c>/report</c>, <c>/report/board</c>, <c>/autoscaling/{model}</c> and
    /// <c>/health</c>. Callers from other machines are refused unless the result is given <c>RequireAuthorization()</c> or
    /// <see cref="GreenAIEndpointsOptions.AllowRemote"/> is set.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, a route pattern without parameters.</param>
    /// <returns>All of the endpoints, to add conventions to.</returns>
    /// <remarks>
    /// A local caller comes from a loopback address by HTTP/1.1 or later, names this machine as the host, is no page of another site, and brings no header of a proxy. A proxy on this machine that adds no header and
    /// names this machine cannot be told from one: ask for authorization there.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Metering is not registered: <c>AddGreenAIMetering</c> is missing.</exception>
    public static IEndpointConventionBuilder MapGreenAI(this IEndpointRouteBuilder endpoints, string pattern = "/greenai")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<EnergyMeter>() is null)
            throw new InvalidOperationException("Metering is not registered: call services.AddGreenAIMetering() before MapGreenAI().");
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        PageRoutes.Map(endpoints.ServiceProvider, (path, handler) => Map(group, path, handler));
        EndpointRoutes.Map(endpoints.ServiceProvider, (path, handler) => Map(group, path, handler));
        return group;
    }

    private static void Map(RouteGroupBuilder group, string pattern, RequestDelegate handler) =>
        group.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], context => CallerGuard.InvokeAsync(context, handler)).ExcludeFromDescription();
}
