namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Pictures as a model takes them: 64 pixels from 0 to 1 each, one picture behind the other.</summary>
internal sealed record PictureBatch(float[] Pixels)
{
    public int Count => Pixels.Length / DigitSet.PixelsPerRow;

    public PictureBatch this[int picture] => new(Pixels.AsSpan(picture * DigitSet.PixelsPerRow, DigitSet.PixelsPerRow).ToArray());
}
