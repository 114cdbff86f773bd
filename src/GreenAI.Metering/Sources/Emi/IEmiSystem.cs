namespace GreenAI.Metering;

/// <summary>Where energy meters are found and opened: Windows, or a test's stand-in for it.</summary>
internal interface IEmiSystem
{
    /// <summary>The paths of the energy meter interfaces that are present; never throws.</summary>
    /// <returns>0, or the code of the configuration manager (<c>CONFIGRET</c>).</returns>
    int List(out IReadOnlyList<string> paths);

    /// <summary>Opens one; never throws.</summary>
    /// <returns>0, or the system's error code.</returns>
    int Open(string path, out IEmiHandle? handle);
}
