namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The path of the configuration section the options came from, for messages that name keys.</summary>
internal sealed class MeteringSection(string path)
{
    public string Path => path;
}
