using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GreenAI.Metering;

/// <summary>What options and figures of the sustainability document must be like.</summary>
[Experimental("GAIM0001")]
internal static class SustainabilityRules
{
    private const int Longest = 2048;

    private static readonly string[] _capabilities = ["basic", "extended"];

    private static readonly string[] _targetTypes = ["origin", "path", "organization", "service", "product", "device", "tenant", "data-source"];

    /// <exception cref="InvalidOperationException">Something cannot be published; the message names option, value and what is allowed.</exception>
    public static void ThrowIfInvalid(SustainabilityDataOptions options)
    {
        Text(options.Version, nameof(options.Version));
        Text(options.Provider, nameof(options.Provider));
        Text(options.Target, nameof(options.Target));
        if (options.MeasurementMethod is { } method) Text(method, nameof(options.MeasurementMethod));
        Address(options.MethodologyUri ?? throw Refused(nameof(options.MethodologyUri), "not set", "must be an absolute https address"), nameof(options.MethodologyUri));
        if (options.DisclosureUri is { } disclosure) Address(disclosure, nameof(options.DisclosureUri));
        if (options.VerifiableAttestationUri is { } attestation) Address(attestation, nameof(options.VerifiableAttestationUri));
        OneOf(options.Capabilities, _capabilities, nameof(options.Capabilities));
        if (options.TargetType is { } type) OneOf(type, _targetTypes, nameof(options.TargetType));
        if (!(options.Noise is >= 0 and <= 0.05)) throw Refused(nameof(options.Noise), options.Noise.ToString(CultureInfo.InvariantCulture), "must be from 0 to 0.05");
        if (options is { PublishMeteredFigures: true, Figures: not null }) throw Refused(nameof(options.Figures), "set, and so is PublishMeteredFigures", "can only be one of them");
        foreach ((string name, double value) in options.Extensions)
        {
            if (!IsReverseDomain(name)) throw Refused(nameof(options.Extensions), $"'{name}'", "must be a reverse domain name of at least three parts, such as com.example.pue");
            if (!double.IsFinite(value)) throw Refused($"{nameof(options.Extensions)}:{name}", value.ToString(CultureInfo.InvariantCulture), "must be finite");
        }
    }

    /// <exception cref="InvalidOperationException">Something cannot be published; the message names the figure.</exception>
    public static void ThrowIfInvalid(SustainabilityFigures figures, DateOnly today)
    {
        if (!IsOver(figures.ReportingPeriod, today))
            throw Refused(nameof(figures.ReportingPeriod), $"'{figures.ReportingPeriod}'", "must be a year, month or day that is over (UTC): YYYY, YYYY-MM or YYYY-MM-DD");
        if (figures.Accounting == CarbonMethod.Consequential) throw Refused(nameof(figures.Accounting), "Consequential", "must be LocationBased or MarketBased");
        if (figures.SciScore is not null && string.IsNullOrWhiteSpace(figures.FunctionalUnit)) throw Refused(nameof(figures.FunctionalUnit), "not set", "must be given with SciScore");
        if (figures.SciScore is { } score && !double.IsFinite(score)) throw Refused(nameof(figures.SciScore), score.ToString(CultureInfo.InvariantCulture), "must be finite");
        if (figures.RenewablePercent is { } share && share is not (>= 0 and <= 100))
            throw Refused(nameof(figures.RenewablePercent), share.ToString(CultureInfo.InvariantCulture), "must be from 0 to 100");
    }

    // Only a period that is over has its figures.
    private static bool IsOver(string period, DateOnly today)
    {
        string form = period.Length switch { 4 => "yyyy", 7 => "yyyy-MM", _ => "yyyy-MM-dd" };
        if (!DateOnly.TryParseExact(period, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly start) || start >= today) return false;
        return (period.Length switch { 4 => start.AddYears(1), 7 => start.AddMonths(1), _ => start.AddDays(1) }) <= today;
    }

    private static bool IsReverseDomain(string name)
    {
        string[] parts = name.Split('.');
        return name.Length <= 253 && parts.Length >= 3 && parts.All(part => part.Length > 0 && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));
    }

    private static void Text(string text, string name)
    {
        if (string.IsNullOrWhiteSpace(text)) throw Refused(name, "empty", "must be a text");
        if (text.Length > Longest) throw Refused(name, $"{text.Length} characters long", $"must have at most {Longest}");
    }

    private static void Address(Uri uri, string name)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme != Uri.UriSchemeHttps) throw Refused(name, $"'{uri}'", "must be an absolute https address");
    }

    private static void OneOf(string value, string[] known, string name)
    {
        if (Array.IndexOf(known, value) < 0) throw Refused(name, $"'{value}'", $"must be one of {string.Join(", ", known)}");
    }

    private static InvalidOperationException Refused(string name, string value, string rule) => new($"SustainabilityData:{name} is {value}; it {rule}.");
}
