namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class PredictRequestTests
{
    [Theory]
    [InlineData(-0.5f)]
    [InlineData(16.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void TryRead_PixelOutOfRange_NamesItsPlace(float pixel)
    {
        float[] wrong = new float[64];
        wrong[9] = pixel;

        Assert.False(new PredictRequest(null, [new float[64], wrong]).TryRead(out _, out Dictionary<string, string[]> errors));

        KeyValuePair<string, string[]> error = Assert.Single(errors);
        Assert.Equal("pictures[1][9]", error.Key);
        Assert.StartsWith("A pixel is from 0 to 16; this one is ", Assert.Single(error.Value), StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_TooManyPictures_SaysHowMany()
    {
        float[]?[] pictures = [.. Enumerable.Repeat(new float[64], 1025)];

        Assert.False(new PredictRequest(null, pictures).TryRead(out _, out Dictionary<string, string[]> errors));

        Assert.Equal("There must be 1 to 1024 pictures; there are 1025.", Assert.Single(errors["pictures"]));
    }

    [Fact]
    public void TryRead_TwoPictures_ScalesPixelsAndKeepsTheirOrder()
    {
        float[] white = new float[64], black = [.. Enumerable.Repeat(16f, 64)];

        Assert.True(new PredictRequest(null, [white, black]).TryRead(out PictureBatch pictures, out _));

        Assert.Equal(2, pictures.Count);
        Assert.All(pictures[0].Pixels, pixel => Assert.Equal(0, pixel));
        Assert.All(pictures[1].Pixels, pixel => Assert.Equal(1, pixel));
    }
}
