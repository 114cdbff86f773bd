using System.Text;

namespace GreenAI.Metering;

/// <summary>The texts inside the assembly.</summary>
internal static class ShippedText
{
    /// <summary>A text by its name; the build puts it there, so that a missing one is a broken build.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(ShippedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
