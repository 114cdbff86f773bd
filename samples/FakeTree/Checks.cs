using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GreenAI.Metering.Samples;

/// <summary>Range checks of options, with errors that name the option, the value and the range.</summary>
internal static class Checks
{
    public static Option<T> Within<T>(this Option<T> option, T least, T most)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result =>
        {
            // A token that is no number at all is reported by the parser itself.
            if (result.Tokens.Count == 0 || !T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out T value)) return;
            if (value < least || value > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {value}, but must be {least} to {most}."));
            }
        });
        return option;
    }

    public static bool IsGiven(this ParseResult result, Option option) => result.GetResult(option) is OptionResult { Implicit: false };
}
