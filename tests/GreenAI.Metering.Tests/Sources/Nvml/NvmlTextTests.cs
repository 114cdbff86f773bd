using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class NvmlTextTests : NvmlTestBase
{
    [Theory]
    [InlineData("GPU-1\0garbage", "GPU-1")]
    [InlineData("", "")]
    [InlineData("\0", "")]
    [InlineData("a\nb\u001b[31mc\u007f", "a?b?[31mc?")]
    [InlineData("  NVIDIA H200 ", "NVIDIA H200")]
    public void FromNative_Text_IsPrintableAscii(string bytes, string expected) =>
        Assert.Equal(expected, NvmlText.FromNative(Encoding.Latin1.GetBytes(bytes)));

    [Fact]
    public void FromNative_NoTerminator_EndsWithTheBuffer() =>
        Assert.Equal(new string('x', 96), NvmlText.FromNative(Encoding.ASCII.GetBytes(new string('x', 4096))));

    [Fact]
    public void FromNative_AnyBytes_GivesShortPrintableText() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        string text = NvmlText.FromNative(bytes);
        return text.Length <= 96 && text.All(c => c is >= ' ' and <= '~');
    });

    [Fact]
    public void FromUser_AnyText_GivesShortPrintableText() => Gen.String.Sample(value =>
    {
        string text = NvmlText.FromUser(value);
        return text.Length <= 96 && text.All(c => c is >= ' ' and <= '~');
    });

    [Fact]
    public void Detect_AnyUuidAndName_GivesASafeDeviceOrNone() =>
        Gen.Select(Gen.Byte.Array[0, 120], Gen.Byte.Array[0, 120]).Sample(
            (uuid, name) =>
            {
                FakeNvml.Reset(new FakeGpu { Uuid = uuid, Name = name });
                SourceDetection detection = Detect();
                using IPowerSource? source = detection.Source;
                return detection.Findings.Count == 1 && (source is null ||
                    (source.Devices[0].Id.Length <= 101 && source.Devices[0].Name.Length is > 0 and <= 96 &&
                    $"{source.Devices[0]}".All(c => c is >= ' ' and <= '~')));
            },
            threads: 1);

    [Fact]
    public void Detect_UuidsThatBecomeEqual_MeterOneBoard()
    {
        FakeNvml.Reset(FakeGpu.Named("GPU-\u0001"), FakeGpu.Named("GPU-\u0002"));
        Assert.Equal("nvml:GPU-?", Assert.Single(Detect().Source!.Devices).Id);
    }
}
