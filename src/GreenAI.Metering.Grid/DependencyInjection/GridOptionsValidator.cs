using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of one registered provider at start.</summary>
/// <param name="owned">The name of its options.</param>
/// <param name="section">Where they come from, for messages that name keys.</param>
/// <param name="check">The rules.</param>
internal sealed class GridOptionsValidator<TOptions>(string owned, string section, Func<TOptions, string, IEnumerable<string>> check)
    : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != owned) return ValidateOptionsResult.Skip;
        string[] failures = [.. check(options, section)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
