namespace GreenAI.Metering.Grid.Tests;

/// <summary>Credentials of the tests, which nothing may show.</summary>
internal static class Secrets
{
    public const string Key = "k3y-0f-the-grid";
    public const string UserName = "gr1d-user";
    public const string Password = "p4ss-w0rd:with-colon";
    public const string Token = Bodies.Token;

    /// <summary>As they travel: user and password in base64.</summary>
    public const string Basic = "Z3IxZC11c2VyOnA0c3MtdzByZDp3aXRoLWNvbG9u";

    public static IReadOnlyList<string> All { get; } = [Key, UserName, Password, Token, Basic];
}
