using System.Globalization;
using System.Text.RegularExpressions;

namespace GreenAI.Metering.Samples.Tests;

/// <summary>The GPU acceptance program against a stub whose watts are known: 60 idle, 300 under load.</summary>
public sealed partial class GpuAcceptanceTests(GpuStub stub) : IClassFixture<GpuStub>
{
    [Fact]
    public async Task Run_BoardOfKnownPower_AgreesIdleAndUnderLoad()
    {
        string load = stub.NewLoadFile;
        (int exitCode, string output) = await GpuStub.RunAsync(
            ["--library", stub.Library, "--seconds", "4", "--smi", stub.Smi, "--load-command", "touch \"$STUB_LOAD_FILE\"; exec sleep 600"],
            [("STUB_LOAD_FILE", load)]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("NVIDIA driver 999.99.stub", output, StringComparison.Ordinal);
        Assert.Contains("energy counter of the board (NVML field 83)", output, StringComparison.Ordinal);
        Assert.Matches(@"NVML's counter moves every \d+ ms, power limit 350 W", output);
        Row[] rows = Rows(output);
        Row[] decisive = [rows.Last(row => row.Phase == "idle"), rows.Last(row => row.Phase == "load")];
        Assert.Equal([60.0, 300.0], decisive.Select(row => Math.Round(row.Ours / row.Seconds / 60) * 60));
        Assert.All(decisive, row => Assert.InRange(row.Difference, -1.0, 1.0));
        Assert.All(decisive, row => Assert.Equal("Measured", row.Tier));
        Assert.All(decisive, row => Assert.InRange(row.Smi / row.Ours, 0.9, 1.1));
        Assert.Matches(@"inferences: [1-9]\d* of 200 ms under load, \d+\.\d\d J each above idle", output);
        Assert.Matches(@"settled \d+ \+ open \d+ .* - counter \d+ = 0 µJ", output);
        Assert.EndsWith("The meter and NVML agree within 1 %.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KernelThroughTheCudaDriver_LoadsTheBoard()
    {
        string library = stub.Library;
        (int exitCode, string output) = await GpuStub.RunAsync(
            ["--library", library, "--cuda", library, "--seconds", "1.5", "--smi", "/no/such/nvidia-smi"], [("STUB_PERIOD_MS", "100")]);

        // So short a phase is too blurred on a busy machine to ask for agreement within a percent.
        Assert.True(exitCode is 0 or 1, output);
        Assert.Contains("load: multiply-add kernel on 1 board through the CUDA driver\n", output, StringComparison.Ordinal);
        Assert.Contains("nvidia-smi: /no/such/nvidia-smi cannot be started", output, StringComparison.Ordinal);
        Row loaded = Rows(output).Last();
        Assert.Equal("load", loaded.Phase);
        Assert.Equal(300.0, Math.Round(loaded.Ours / loaded.Seconds / 60) * 60);
        Assert.Equal(double.NaN, loaded.Smi);
    }

    [Theory]
    [InlineData("cuInit")]
    [InlineData("cuModuleLoadData")]
    [InlineData("cuLaunchKernel")]
    public async Task Run_CudaCallFails_IsSaidAndNothingIsCalledLoad(string call)
    {
        string library = stub.Library;
        (int exitCode, string output) = await GpuStub.RunAsync(
            ["--library", library, "--cuda", library, "--seconds", "1", "--smi", "/no/such/nvidia-smi"], [("STUB_CUDA_FAILS", call)]);

        // Never 0: the boards were not compared under load.
        Assert.True(exitCode is 1 or 2, output);
        Assert.Contains($"{call} answered 719", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Rows(output), row => row.Phase == "load");
    }

    [Fact]
    public async Task Run_NoCudaDriver_SaysThatThereIsNoLoad()
    {
        (int exitCode, string output) = await GpuStub.RunAsync(
            ["--library", stub.Library, "--cuda", "/no/such/libcuda.so", "--seconds", "1", "--smi", "/no/such/nvidia-smi"], []);
        Assert.True(exitCode is 1 or 2, output);
        Assert.Contains("load: none: there is no CUDA driver library (/no/such/libcuda.so)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CounterThatLiesByFivePercent_IsADisagreement()
    {
        (int exitCode, string output) = await GpuStub.RunAsync(
            ["--library", stub.Library, "--seconds", "2", "--idle-only", "--smi", "/no/such/nvidia-smi"], [("STUB_LIE", "1.05")]);

        Assert.True(exitCode == 1, output);
        Row[] rows = Rows(output);
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.InRange(row.Difference, 2.0, 8.0));
        Assert.Contains("DISAGREES", output, StringComparison.Ordinal);
        Assert.EndsWith("The meter and NVML disagree.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoLibrary_SaysWhyThereIsNothingToCompare()
    {
        (int exitCode, string output) = await GpuStub.RunAsync(["--library", "/no/such/libnvidia-ml.so.1"], []);
        Assert.Equal(2, exitCode);
        Assert.Equal(
            "No device can be metered.\nnvml: NotFound. The NVIDIA management library (NVML) is not installed.", output.TrimEnd());
    }

    [Theory]
    [InlineData("There is no option --what.", "--what")]
    [InlineData("--seconds needs a value.", "--seconds")]
    [InlineData("--seconds is a number from 1 to 3600, not '0,5'.", "--seconds", "0,5")]
    public async Task Run_WrongArguments_SaysWhichAndHowTheyAre(string message, params string[] arguments)
    {
        (int exitCode, string output) = await GpuStub.RunAsync(arguments, []);
        Assert.Equal(3, exitCode);
        Assert.StartsWith(message, output, StringComparison.Ordinal);
        Assert.Contains("--load-command CMD", output, StringComparison.Ordinal);
    }

    private static Row[] Rows(string output) => [.. RowPattern().Matches(output).Select(match => new Row(
        match.Groups["phase"].Value,
        Number(match, "seconds"),
        Number(match, "ours"),
        Number(match, "difference"),
        Number(match, "smi"),
        match.Groups["tier"].Value))];

    // A phase that was measured again has "again" after its name.
    [GeneratedRegex(
        @"^nvml:GPU-\S+ +(?<phase>idle|load|no load)( again)? +(?<seconds>\S+) +(?<ours>\S+) +\S+ +(?<difference>\S+) +(?<smi>\S+) +\S+ +\S+ +(?<tier>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    private static double Number(Match match, string group) =>
        double.TryParse(match.Groups[group].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private sealed record Row(string Phase, double Seconds, double Ours, double Difference, double Smi, string Tier);
}
