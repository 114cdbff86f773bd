namespace GreenAI.Metering.Grid.Tests.Reading;

public class GridTextTests
{
    [Theory]
    [InlineData("2018-01-20T12:00Z", "2018-01-20T12:00:00Z")]
    [InlineData("2018-04-25T18:07:00.350Z", "2018-04-25T18:07:00Z")]
    [InlineData("2022-05-17T20:45:11.5092741+00:00", "2022-05-17T20:45:11Z")]
    [InlineData("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00", "2024-01-01T00:00:00Z")]
    public void TryReadTime_TimesOfTheSources_AreUtc(string text, string expected)
    {
        Assert.True(GridText.TryReadTime(text, out DateTimeOffset time));
        Assert.Equal((expected, TimeSpan.Zero), (GridText.Time(time), time.Offset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12:00")]
    [InlineData("2024-01-01")]
    [InlineData("2024-13-01T00:00Z")]
    [InlineData("0001-01-01T00:00+14:00")]
    [InlineData("01/02/2024 00:00")]
    [InlineData("2024-01-01T00:00Z ")]
    [InlineData("٢٠٢٤-01-01T00:00Z")]
    public void TryReadTime_OtherTexts_AreNone(string text) => Assert.False(GridText.TryReadTime(text, out _));

    [Theory]
    [InlineData("DE", "'DE'")]
    [InlineData("a\r\nb\u2028c\u202Ed\ud83d\ude00", "'a??b?c?d??'")]
    [InlineData("12345678901234567890123456789012345678901", "'1234567890123456789012345678901234567890…'")]
    public void Quote_OutsideText_IsShortAndOneLine(string text, string expected) => Assert.Equal(expected, GridText.Quote(text));
}
