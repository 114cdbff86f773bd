using System.Globalization;
using System.Reflection;
using GreenAI.Metering.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Docs;

/// <summary>The tables of options in the README against the options, their defaults, and what is refused.</summary>
public sealed class OptionTableTests
{
    private const string Section = "GreenAI:AspNetCore";

    private static readonly GreenAIAspNetCoreOptions _defaults = new();

    [Fact]
    public void Requests_AreTheOptions() => AssertTable("request option", _defaults.Requests, "Requests");

    [Fact]
    public void Tenants_AreTheOptions() => AssertTable("tenant option", _defaults.Requests.Tenants, "Requests:Tenants");

    [Fact]
    public void Endpoints_AreTheOptions() => AssertTable("endpoint option", _defaults.Endpoints, "Endpoints");

    [Fact]
    public void Autoscaling_IsTheOptions() => AssertTable("autoscaling option", _defaults.Endpoints.Autoscaling, "Endpoints:Autoscaling");

    [Fact]
    public void Sections_AreAllOfThePackage() =>
        Assert.Equal(["Requests", "Endpoints"], typeof(GreenAIAspNetCoreOptions).GetProperties().Select(static property => property.Name));

    private static void AssertTable(string header, object defaults, string path)
    {
        IReadOnlyList<string[]> rows = MarkdownTable.Rows(Readme.Text, header, "default", "allowed", "meaning");
        PropertyInfo[] properties = defaults.GetType().GetProperties();
        Assert.Equal(properties.Select(static property => $"`{property.Name}`"), rows.Select(static row => row[0]));
        Assert.Contains($"Under `{Section}:{path}`", Readme.Text, StringComparison.Ordinal);
        foreach ((string[] row, PropertyInfo property) in rows.Zip(properties))
        {
            Assert.Equal(Text(property.GetValue(defaults)), row[1]);
            string key = $"{path}:{property.Name}";
            if (property.PropertyType.IsEnum) Assert.Equal(string.Join(", ", Enum.GetNames(property.PropertyType)), row[2]);
            if (row[2] == "429 or 503") AssertAllowed(key, ["429", "503"], ["428", "430", "502", "504"]);
            if (row[2].StartsWith("above ", StringComparison.Ordinal)) AssertAllowed(key, [Step(row[2]["above ".Length..], 1)], [row[2]["above ".Length..]]);
            if (!row[2].StartsWith("from ", StringComparison.Ordinal)) continue;
            string[] ends = row[2]["from ".Length..].Split(" to ");
            AssertAllowed(key, ends, [Step(ends[0], -1), Step(ends[1], 1)]);
        }
    }

    private static void AssertAllowed(string key, string[] allowed, string[] refused)
    {
        Assert.All(allowed, value => Assert.Empty(Failures(key, value)));
        Assert.All(refused, value => Assert.StartsWith($"{Section}:{key} is ", Assert.Single(Failures(key, value)), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Failures(string key, string value)
    {
        GreenAIAspNetCoreOptions options = new();
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]).Build().Bind(options);
        return new GreenAIAspNetCoreOptionsValidator([]).Validate(null, options).Failures ?? [];
    }

    private static string Step(string end, int by) => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? (number + by).ToString(CultureInfo.InvariantCulture)
        : TimeSpan.Parse(end, CultureInfo.InvariantCulture).Add(TimeSpan.FromTicks(by)).ToString("c", CultureInfo.InvariantCulture);

    private static string Text(object? value) => value switch
    {
        null => "null",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IList<string> names => names.Count == 0 ? "empty" : "not empty",
        RequestTenantOptions { IsOn: false } => "nobody",
        AutoscalingOptions => "see below",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
