using System.Globalization;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>What the command line says.</summary>
internal sealed class AcceptanceOptions
{
    public const string Usage = """
        Compares what GreenAI.Metering measures on NVIDIA boards with NVML's own energy counter, read directly, and with nvidia-smi.

        --seconds N         length of each phase, 1 to 3600 (10)
        --idle-only         no phase under load
        --load-command CMD  what loads the boards (a kernel of our own through the CUDA driver)
        --library PATH      the NVML library (the one of this machine)
        --cuda PATH         the CUDA driver library (the one of this machine)
        --smi PATH          nvidia-smi (the one on the path)

        Exit code: 0 all agree, 1 something disagrees, 2 nothing to compare, or no load to compare under, 3 wrong arguments.
        """;

    public TimeSpan Phase { get; private set; } = TimeSpan.FromSeconds(10);

    public bool IdleOnly { get; private set; }

    public string? LoadCommand { get; private set; }

    public string? Library { get; private set; }

    public string? Cuda { get; private set; }

    public string Smi { get; private set; } = "nvidia-smi";

    /// <exception cref="FormatException">An argument is unknown, lacks its value, or has a wrong one.</exception>
    public static AcceptanceOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new AcceptanceOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} needs a value.");
            switch (name)
            {
                case "--seconds": options.Phase = Seconds(Value()); break;
                case "--idle-only": options.IdleOnly = true; break;
                case "--load-command": options.LoadCommand = Value(); break;
                case "--library": options.Library = Value(); break;
                case "--cuda": options.Cuda = Value(); break;
                case "--smi": options.Smi = Value(); break;
                default: throw new FormatException($"There is no option {name}.");
            }
        }

        return options;
    }

    private static TimeSpan Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 1 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"--seconds is a number from 1 to 3600, not '{text}'.");
}
