namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class DigitsCsvTests
{
    private static readonly string _good = string.Join(',', Enumerable.Repeat("16", 64)) + ",7";

    [Fact]
    public void LoadEmbedded_AllRows_AreThere()
    {
        DigitSet digits = DigitsCsv.LoadEmbedded();

        Assert.Equal(1797, digits.Count);
        Assert.Equal(10, digits.Labels.ToArray().Distinct().Count());
    }

    [Fact]
    public void Read_GoodRow_IsScaledToOne()
    {
        DigitSet digits = Read(_good);

        Assert.Equal(1, digits.Count);
        Assert.Equal(7, digits.Labels[0]);
        Assert.All(digits.Row(0).ToArray(), pixel => Assert.Equal(1f, pixel));
    }

    [Theory]
    [InlineData("", "Row 2, column 1: expected a whole number from 0 to 16, found ''.")]
    [InlineData("1,2,3", "Row 2: expected 65 columns, found 3.")]
    [InlineData("1,x", "Row 2, column 2: expected a whole number from 0 to 16, found 'x'.")]
    [InlineData("1,-1", "Row 2, column 2: expected a whole number from 0 to 16, found '-1'.")]
    [InlineData("17", "Row 2, column 1: expected a whole number from 0 to 16, found '17'.")]
    [InlineData("1.5", "Row 2, column 1: expected a whole number from 0 to 16, found '1.5'.")]
    [InlineData(" 1", "Row 2, column 1: expected a whole number from 0 to 16, found ' 1'.")]
    [InlineData(
        "99999999999999999999999",
        "Row 2, column 1: expected a whole number from 0 to 16, found '99999999999999999999…'.")]
    public void Read_MalformedRow_IsRefusedWithItsPlace(string row, string message)
    {
        DigitsFormatException refused = Assert.Throws<DigitsFormatException>(() => Read($"{_good}\n{row}\n{_good}"));

        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public void Read_ClassOutOfRange_IsRefused()
    {
        string row = string.Join(',', Enumerable.Repeat("0", 64)) + ",10";

        DigitsFormatException refused = Assert.Throws<DigitsFormatException>(() => Read(row));

        Assert.Equal("Row 1, column 65: expected a whole number from 0 to 9, found '10'.", refused.Message);
    }

    [Fact]
    public void Read_OneColumnTooMany_IsRefused()
    {
        DigitsFormatException refused = Assert.Throws<DigitsFormatException>(() => Read(_good + ",0"));

        Assert.Equal("Row 1: more than 65 columns.", refused.Message);
    }

    [Fact]
    public void Read_Empty_IsRefused() =>
        Assert.Equal("The digits file has no rows.", Assert.Throws<DigitsFormatException>(() => Read("")).Message);

    [Fact]
    public void Split_SameSeed_GivesTheSameRowsAndLosesNone()
    {
        DigitSet digits = DigitsCsv.LoadEmbedded();

        (DigitSet train, DigitSet test) = digits.Split(1400, 3);
        (_, DigitSet again) = digits.Split(1400, 3);
        (_, DigitSet other) = digits.Split(1400, 4);

        Assert.Equal((1400, 397), (train.Count, test.Count));
        Assert.Equal(test.Labels.ToArray(), again.Labels.ToArray());
        Assert.NotEqual(test.Labels.ToArray(), other.Labels.ToArray());
        Assert.Equal(Histogram(digits), Histogram(train).Zip(Histogram(test), (a, b) => a + b));
    }

    private static DigitSet Read(string text) => DigitsCsv.Read(new StringReader(text));

    private static int[] Histogram(DigitSet digits)
    {
        int[] counts = new int[DigitSet.Classes];
        foreach (int label in digits.Labels) counts[label]++;
        return counts;
    }
}
