namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>One picture or several: 64 numbers from 0 (white) to 16 (black) each, row by row.</summary>
/// <param name="Pixels">One picture.</param>
/// <param name="Pictures">Several pictures, instead.</param>
internal sealed record PredictRequest(float[]? Pixels, float[]?[]? Pictures)
{
    public const int MaxPictures = 1024;

    private const float MaxPixel = 16;

    /// <summary>The pictures, or what is wrong with them: by the field that is wrong, as a validation problem wants it.</summary>
    public bool TryRead(out PictureBatch pictures, out Dictionary<string, string[]> errors)
    {
        pictures = new PictureBatch([]);
        errors = Check();
        if (errors.Count > 0) return false;
        float[]?[] rows = Pictures ?? [Pixels];
        pictures = new PictureBatch([.. rows.SelectMany(row => row!).Select(pixel => pixel / MaxPixel)]);
        return true;
    }

    private Dictionary<string, string[]> Check()
    {
        if (Pixels is null == Pictures is null) return Error("", "Give either pixels, one picture, or pictures, several.");
        if (Pixels is not null) return CheckPicture("pixels", Pixels);
        if (Pictures!.Length is 0 or > MaxPictures) return Error("pictures", $"There must be 1 to {MaxPictures} pictures; there are {Pictures.Length}.");

        // The first picture that is wrong is told, not a thousand of them.
        return Pictures.Select((picture, i) => CheckPicture($"pictures[{i}]", picture)).FirstOrDefault(found => found.Count > 0, []);
    }

    private static Dictionary<string, string[]> CheckPicture(string field, float[]? picture)
    {
        if (picture is not { Length: DigitSet.PixelsPerRow })
            return Error(field, $"A picture is {DigitSet.PixelsPerRow} numbers; this one is {picture?.Length ?? 0}.");
        int wrong = Array.FindIndex(picture, pixel => pixel is not (>= 0 and <= MaxPixel));
        return wrong < 0 ? [] : Error($"{field}[{wrong}]", FormattableString.Invariant($"A pixel is from 0 to {MaxPixel}; this one is {picture[wrong]}."));
    }

    private static Dictionary<string, string[]> Error(string field, string message) => new(StringComparer.Ordinal) { [field] = [message] };
}
