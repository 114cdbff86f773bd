using Microsoft.Extensions.Options;

namespace GreenAI.Metering;

/// <summary>Checks the options at start.</summary>
internal sealed class RedisLedgerOptionsValidator(bool needsConfiguration) : IValidateOptions<RedisLedgerOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisLedgerOptions options)
    {
        string[] mistakes = [.. options.Mistakes(needsConfiguration)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
