using System.CommandLine;
using System.CommandLine.Invocation;
using GreenAI.Metering.Samples;

RootCommand root = new("Makes a fake powercap tree and drives its counters, to try a meter where there is no RAPL.")
{
    CreateCommand.Build(),
    DriveCommand.Build(),
};

try
{
    ParseResult result = root.Parse(args);

    // One line that says what is wrong is easier to find without the help after it.
    if (result.Action is ParseErrorAction errors) errors.ShowHelp = false;
    return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
{
    // What a person can mend: a folder that is not theirs, a tree that is not whole, a zone that is not there.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
