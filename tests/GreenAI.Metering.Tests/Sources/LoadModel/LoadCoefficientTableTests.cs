using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class LoadCoefficientTableTests
{
    [Fact]
    public void Find_EveryRow_IsNamedAndInBand_L7()
    {
        LoadCoefficients[] rows = [.. Enum.GetValues<Microarchitecture>().Select(LoadCoefficientTable.Find)];
        Assert.All(rows, row =>
        {
            Assert.False(string.IsNullOrWhiteSpace(row.Name));
            Assert.InRange(row.IdleWatts, 0.1, row.FullWatts);
            Assert.InRange(row.FullWatts, row.IdleWatts + 0.1, 10);
            Assert.InRange(row.Band.Below, 0.4, 0.57);
            Assert.InRange(row.Band.Above, 0.4, 0.73);
        });

        // A forgotten row would fall through to the generic one and show its name twice.
        Assert.Equal(rows.Length, rows.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void Find_Epyc5_IsNotTheMeanOfAllServers_L7()
    {
        LoadCoefficients row = LoadCoefficientTable.Find(Microarchitecture.Epyc5);
        Assert.Equal((0.264, 1.464), (row.IdleWatts, row.FullWatts));
    }

    [Fact]
    public void Find_Unknown_IsTheGenericMedianWithItsPercentiles()
    {
        LoadCoefficients row = LoadCoefficientTable.Find(Microarchitecture.Unknown);
        Assert.Equal((0.660, 2.750), (row.IdleWatts, row.FullWatts));
        Assert.Equal(new RelativeUncertainty(0.57, 0.73), row.Band);
    }

    [Theory]
    [InlineData(42, 0, nameof(Microarchitecture.SandyBridge))]
    [InlineData(62, 0, nameof(Microarchitecture.IvyBridge))]
    [InlineData(63, 0, nameof(Microarchitecture.Haswell))]
    [InlineData(79, 0, nameof(Microarchitecture.Broadwell))]
    [InlineData(85, 4, nameof(Microarchitecture.Skylake))]
    [InlineData(85, 7, nameof(Microarchitecture.CascadeLake))]
    [InlineData(94, 3, nameof(Microarchitecture.Skylake))]
    [InlineData(158, 9, nameof(Microarchitecture.CoffeeLake))]
    [InlineData(106, 6, nameof(Microarchitecture.IceLake))]
    [InlineData(143, 8, nameof(Microarchitecture.SapphireRapids))]
    [InlineData(207, 2, nameof(Microarchitecture.EmeraldRapids))]
    [InlineData(173, 1, nameof(Microarchitecture.GraniteRapids))]
    [InlineData(1000, 1, nameof(Microarchitecture.Unknown))]
    public void Parse_Intel_KnowsTheModel(int model, int stepping, string expected) =>
        AssertKnown($"vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: {model}\nmodel name\t: X\nstepping\t: {stepping}\n\n", expected);

    [Theory]
    [InlineData(23, 1, nameof(Microarchitecture.Epyc1))]
    [InlineData(23, 49, nameof(Microarchitecture.Epyc2))]
    [InlineData(25, 1, nameof(Microarchitecture.Epyc3))]
    [InlineData(25, 17, nameof(Microarchitecture.Epyc4))]
    [InlineData(25, 160, nameof(Microarchitecture.Epyc4))]
    [InlineData(26, 2, nameof(Microarchitecture.Epyc5))]
    [InlineData(26, 17, nameof(Microarchitecture.Epyc5))]
    [InlineData(26, 68, nameof(Microarchitecture.Unknown))] // A desktop of the same family.
    [InlineData(25, 33, nameof(Microarchitecture.Unknown))]
    public void Parse_Amd_KnowsTheServers(int family, int model, string expected) =>
        AssertKnown($"processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: {family}\nmodel\t\t: {model}\nstepping\t: 1\n\n", expected);

    [Theory]
    [InlineData("0x41", "0xd0c", nameof(Microarchitecture.NeoverseN1))]
    [InlineData("0x41", "0xd40", nameof(Microarchitecture.NeoverseV1))]
    [InlineData("0x41", "0xd4f", nameof(Microarchitecture.NeoverseV2))]
    [InlineData("0xc0", "0xd4f", nameof(Microarchitecture.Unknown))]
    [InlineData("0x41", "0xffffffff", nameof(Microarchitecture.Unknown))]
    public void Parse_Arm_KnowsTheCore(string implementer, string part, string expected) => AssertKnown(
        $"processor\t: 0\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd\nCPU implementer\t: {implementer}\nCPU part\t: {part}\n\n", expected);

    [Theory]
    [InlineData("")]
    [InlineData("\nvendor_id: GenuineIntel\ncpu family: 6\nmodel: 85\n")]
    [InlineData("vendor_id\t: GenuineIntel\ncpu family\t: 6\n")]
    [InlineData("vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t: -85\n")]
    [InlineData("vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t: 99999999999999999999\n")]
    [InlineData("vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t: 0x\n")]
    [InlineData("vendor_id GenuineIntel\ncpu family 6\nmodel 85\n")]
    public void Parse_Hostile_IsUnknown(string text) => AssertKnown(text, nameof(Microarchitecture.Unknown));

    [Fact]
    public void Parse_AnyText_NeverThrows() => Gen.OneOf(
            Gen.String,
            Gen.OneOfConst("vendor_id", "\t: ", "GenuineIntel", "\n", "cpu family", "6", "model", "85", ":", "CPU part", "0x", "\0")
                .Array[0, 24].Select(string.Concat))
        .Sample(text => Enum.IsDefined(ProcessorIdentity.Parse(Encoding.UTF8.GetBytes(text)).Microarchitecture));

    private static void AssertKnown(string cpuinfo, string expected) =>
        Assert.Equal(expected, ProcessorIdentity.Parse(Encoding.UTF8.GetBytes(cpuinfo)).Microarchitecture.ToString());
}
