using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Values of JSON that was checked against the schema of policies; null where one is not there.</summary>
internal static class PolicyElement
{
    public static JsonElement? Part(this JsonElement element, string name) => element.TryGetProperty(name, out JsonElement part) ? part : null;

    public static string? Text(this JsonElement element, string name) => element.Part(name)?.GetString();

    // Minus zero is zero.
    public static double? Number(this JsonElement element, string name) => element.Part(name)?.GetDouble() + 0.0;

    public static long? Whole(this JsonElement element, string name) => element.Part(name)?.GetInt64();

    public static bool? Flag(this JsonElement element, string name) => element.Part(name)?.GetBoolean();

    public static DateTimeOffset? Time(this JsonElement element, string name) => element.Part(name)?.GetDateTimeOffset().ToUniversalTime();

    public static DateOnly Day(this JsonElement element, string name) =>
        DateOnly.ParseExact(element.Text(name)!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TimeSpan? Duration(this JsonElement element, string name) =>
        PolicyDuration.TryParse(element.Text(name), out TimeSpan duration) ? duration : null;

    public static BudgetAction? Action(this JsonElement element) =>
        element.Text("do") is { } text && PolicyAction.TryParse(text, out BudgetAction action) ? action : null;

    public static BudgetScope Scope(this JsonElement element) => element.Part("scope") is not { } scope ? new() : new()
    {
        Model = scope.Text("model"),
        Tenant = scope.Text("tenant"),
        Service = scope.Text("service"),
        Host = scope.Text("host"),
    };

    public static string[] Texts(this JsonElement element, string name) =>
        element.Part(name) is { } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <param name="element">The object that has the list.</param>
    /// <param name="name">The list's name.</param>
    /// <param name="path">The path of the object.</param>
    /// <param name="read">Reads an item, given its path.</param>
    public static T[] List<T>(this JsonElement element, string name, string path, Func<JsonElement, string, T> read) =>
        element.Part(name) is { } list ? [.. list.EnumerateArray().Select((item, index) => read(item, $"{path}.{name}{SchemaWords.Part(index)}"))] : [];
}
