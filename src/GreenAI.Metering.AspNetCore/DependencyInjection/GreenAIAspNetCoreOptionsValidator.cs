using GreenAI.Metering;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIAspNetCoreOptionsValidator(IEnumerable<AspNetCoreSection> sections) : IValidateOptions<GreenAIAspNetCoreOptions>
{
    private readonly AspNetCoreSection? _section = sections.LastOrDefault();

    public ValidateOptionsResult Validate(string? name, GreenAIAspNetCoreOptions options)
    {
        string path = _section?.Path ?? AspNetCoreSection.DefaultPath;
        List<string> failures =
        [
            .. InferenceMeteringOptionsRules.Check(options.Requests, $"{path}:{nameof(options.Requests)}"),
            .. AutoscalingOptionsRules.Check(options.Endpoints.Autoscaling, $"{path}:{nameof(options.Endpoints)}:{nameof(options.Endpoints.Autoscaling)}"),
            .. GreenAIEndpointsOptionsRules.Check(options.Endpoints, $"{path}:{nameof(options.Endpoints)}"),
            .. _section?.Check() ?? [],
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
