namespace GreenAI.Metering.BrowserTests.Support;

/// <summary>How a reader looks at the page.</summary>
internal sealed record Look(string Name, int Width, int Height, bool IsDark = false, bool ReducesMotion = false)
{
    public static Look Light { get; } = new("light", 1280, 900);

    public static Look Dark { get; } = new("dark", 1280, 900, IsDark: true);

    public static Look Phone { get; } = new("phone", 360, 740);

    public static Look PhoneDark { get; } = new("phone-dark", 360, 740, IsDark: true);

    /// <summary>A look by its name, as theories have it.</summary>
    public static Look Of(string name) => new[] { Light, Dark, Phone, PhoneDark }.Single(look => look.Name == name);
}
