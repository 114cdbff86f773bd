using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class ReportFormatTests
{
    private static readonly string[] _known = ["json", "markdown", "csv"];

    [Theory]
    [InlineData("", null, "json")]
    [InlineData("", "*/*", "json")]
    [InlineData("", "text/csv", "csv")]
    [InlineData("", "text/markdown;q=0.5, text/csv;q=0.4", "markdown")]
    [InlineData("", "text/html,application/xhtml+xml,*/*;q=0.8", "json")]
    [InlineData("", "image/png", "json")]
    [InlineData("", "text/csv;q=0", "json")]
    [InlineData("?format=csv", "application/json", "csv")]
    [InlineData("?format=MARKDOWN", null, "markdown")]
    [InlineData("", ";;;=,,,\u0001/q=q=9e999;q=-1", "json")]
    public void TryRead_OfQueryAndAccept_FormatWins(string query, string? accept, string expected)
    {
        Assert.True(ReportFormat.TryRead(Request(query, accept), _known, out string format));
        Assert.Equal(expected, format);
    }

    [Theory]
    [InlineData("?format=xml")]
    [InlineData("?format=")]
    [InlineData("?format")]
    [InlineData("?format=json&format=csv")]
    [InlineData("?format=%00%0d%0a")]
    public void TryRead_UnknownFormat_IsRefused(string query) => Assert.False(ReportFormat.TryRead(Request(query, "text/csv"), _known, out _));

    [Fact]
    public void TryRead_OnlyWhatTheReportHas_IsAccepted()
    {
        Assert.True(ReportFormat.TryRead(Request("", "text/csv, text/markdown;q=0.1"), ["json", "markdown"], out string format));
        Assert.Equal("markdown", format);
    }

    [Fact]
    public void TryRead_ThousandsOfMediaTypes_LooksAtTheFirstFew()
    {
        string accept = string.Join(',', Enumerable.Repeat("image/png", 4000)) + ",text/csv";
        Assert.True(ReportFormat.TryRead(Request("", accept), _known, out string format));
        Assert.Equal("json", format);
    }

    private static HttpRequest Request(string query, string? accept)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        if (accept is not null) context.Request.Headers.Accept = accept;
        return context.Request;
    }
}
