using System.Text;
using System.Text.Json;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Bodies of requests, made of real pictures, once and before the load: the load generator's own work stays small.</summary>
internal sealed class DigitRequests
{
    private const int Variants = 16;
    private const float MaxPixel = 16;

    private readonly Dictionary<int, byte[][]> _bodies = [];
    private readonly DigitSet _pictures = DigitsCsv.LoadEmbedded();

    public DigitRequests(params ReadOnlySpan<int> batches)
    {
        foreach (int batch in batches) _bodies[batch] = [.. Enumerable.Range(0, Variants).Select(variant => Write(variant * batch, batch))];
    }

    /// <summary>A body that no endpoint accepts: a picture of three numbers.</summary>
    public static byte[] Invalid { get; } = Encoding.UTF8.GetBytes("""{"pixels":[1,2,3]}""");

    /// <summary>The body with so many pictures, one of sixteen.</summary>
    public byte[] Body(int batch, Random random) => _bodies[batch][random.Next(Variants)];

    private byte[] Write(int first, int batch)
    {
        float[][] pictures = [.. Enumerable.Range(first, batch).Select(row => Picture(row % _pictures.Count))];
        return JsonSerializer.SerializeToUtf8Bytes(new { pictures });
    }

    private float[] Picture(int row) => [.. _pictures.Row(row).ToArray().Select(pixel => pixel * MaxPixel)];
}
