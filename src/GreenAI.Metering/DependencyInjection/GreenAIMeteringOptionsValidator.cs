using GreenAI.Metering;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIMeteringOptionsValidator(IEnumerable<MeteringSection> sections) : IValidateOptions<GreenAIMeteringOptions>
{
    private readonly MeteringSection? _section = sections.LastOrDefault();

    public ValidateOptionsResult Validate(string? name, GreenAIMeteringOptions options)
    {
        List<string> failures = [.. GreenAIMeteringOptionsRules.Check(options, _section?.Path ?? GreenAIMeteringOptionsRules.DefaultSection), .. _section?.Check() ?? []];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
