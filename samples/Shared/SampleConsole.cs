using System.Text;
using Spectre.Console;

namespace GreenAI.Metering.Samples;

/// <summary>A console that becomes plain text when nobody looks at a terminal.</summary>
internal static class SampleConsole
{
    private const int StandardWidth = 100;

    /// <param name="width">How wide the plain text may be, in characters; a terminal knows its own width.</param>
    public static IAnsiConsole Create(int width = StandardWidth)
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (!Console.IsOutputRedirected) return AnsiConsole.Create(new AnsiConsoleSettings());
        return Plain(Console.Out, width);
    }

    public static IAnsiConsole Plain(TextWriter writer, int width = StandardWidth)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
