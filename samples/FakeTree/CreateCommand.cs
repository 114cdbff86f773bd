using System.CommandLine;

namespace GreenAI.Metering.Samples;

/// <summary><c>create</c>: makes a tree and ends.</summary>
internal static class CreateCommand
{
    public static Command Build()
    {
        Argument<string> path = new("path") { Description = "A folder for the tree, new or empty." };
        TreeArguments arguments = new();
        Command command = new("create", "Makes a powercap tree in a folder.") { path };
        arguments.AddTo(command);
        command.SetAction(result =>
        {
            string root = result.GetRequiredValue(path);
            if (Exists(root)) throw Occupied(root);
            using PowercapTree tree = PowercapTree.Create(root, arguments.Read(result));
            foreach (PowercapZone zone in tree.Zones) Console.WriteLine($"{zone.DirectoryName,-20} {zone.QualifiedName}");
        });
        return command;
    }

    private static InvalidDataException Occupied(string root) =>
        new($"There is already a powercap tree in {root}: name another folder or delete it.");

    public static bool Exists(string root) => Directory.Exists(Path.Combine(root, "class", "powercap"));
}
