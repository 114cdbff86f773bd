using GreenAI.Metering;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIMeteringOptionsValidator(IEnumerable<MeteringSection> sections) : IValidateOptions<GreenAIMeteringOptions>
{
    private readonly string? _section = sections.LastOrDefault()?.Path;

    public ValidateOptionsResult Validate(string? name, GreenAIMeteringOptions options)
    {
        List<string> failures = [.. GreenAIMeteringOptionsRules.Check(options, _section ?? GreenAIMeteringOptionsRules.DefaultSection)];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
