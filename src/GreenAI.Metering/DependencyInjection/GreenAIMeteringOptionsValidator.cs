using GreenAI.Metering;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

internal sealed class GreenAIMeteringOptionsValidator : IValidateOptions<GreenAIMeteringOptions>
{
    public ValidateOptionsResult Validate(string? name, GreenAIMeteringOptions options)
    {
        List<string> failures = [.. GreenAIMeteringOptionsRules.Check(options)];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
