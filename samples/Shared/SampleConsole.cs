using System.Text;
using Spectre.Console;

namespace GreenAI.Metering.Samples;

/// <summary>A console that becomes plain text, 100 characters wide, when nobody looks at a terminal.</summary>
internal static class SampleConsole
{
    private const int RedirectedWidth = 100;

    public static IAnsiConsole Create()
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (!Console.IsOutputRedirected) return AnsiConsole.Create(new AnsiConsoleSettings());
        return Plain(Console.Out);
    }

    public static IAnsiConsole Plain(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = RedirectedWidth;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
