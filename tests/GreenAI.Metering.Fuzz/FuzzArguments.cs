using System.Globalization;

namespace GreenAI.Metering.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed class FuzzArguments
{
    public const string Usage =
        "Arguments: [--inputs N] [--seconds S] [--seed N] [--first N] [--target NAME] [--list] [--negative-control]";

    private FuzzArguments()
    {
    }

    /// <summary>Inputs per target; null: each target's own short run.</summary>
    public long? Inputs { get; private set; }

    /// <summary>Seconds per target, instead of a number of inputs.</summary>
    public double? Seconds { get; private set; }

    public ulong Seed { get; private set; } = 1;

    /// <summary>The index of the first input: with one input, the one that failed before.</summary>
    public long First { get; private set; }

    public string? Target { get; private set; }

    public bool List { get; private set; }

    public bool NegativeControl { get; private set; }

    public static FuzzArguments? Parse(string[] args)
    {
        FuzzArguments parsed = new();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--list") parsed.List = true;
            else if (args[i] == "--negative-control") parsed.NegativeControl = true;
            else if (i + 1 == args.Length || !parsed.TryTake(args[i], args[++i])) return null;
        }

        return parsed;
    }

    private bool TryTake(string option, string value)
    {
        switch (option)
        {
            case "--inputs" when TryNumber(value, out long inputs):
                Inputs = inputs;
                return true;
            case "--seconds" when TryNumber(value, out long seconds):
                Seconds = seconds;
                return true;
            case "--seed" when TryNumber(value, out long seed):
                Seed = (ulong)seed;
                return true;
            case "--first" when TryNumber(value, out long first):
                First = first;
                return true;
            case "--target":
                Target = value;
                return true;
            default:
                return false;
        }
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
