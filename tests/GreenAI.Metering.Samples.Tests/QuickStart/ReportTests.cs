using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class ReportTests
{
    private static readonly DeviceBooks _package = new("rapl:package-0", "CPU package 0", MeasurementTier.Measured)
    {
        Settled = 123_456_789,
        Open = 1_234,
        Late = 0,
        Idle = 98_765_432,
        Unattributed = 4_567_890,
        Other = 12_345_678,
        Counter = 239_137_023,
        Coverage = 0.9987,
    };

    [Fact]
    public void Books_Balanced_SayZeroPerDevice()
    {
        string text = Print(console => BooksTable.Print(console, [_package, _package with { Id = "rapl:dram-0" }]));

        Assert.Equal(2, Occurrences(text, "settled + open + late + idle + unattributed + other - counter = 0 µJ"));
        Assert.Contains("123,456,789", text, StringComparison.Ordinal);
        Assert.Contains("99.9 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Books_Unbalanced_SayByHowMuch()
    {
        string text = Print(console => BooksTable.Print(console, [_package with { Counter = _package.Counter - 1_500 }]));

        Assert.Contains("- counter = 1,500 µJ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Books_ManyDevices_StayWithinAHundredColumns()
    {
        DeviceBooks[] devices =
        [
            _package,
            _package with { Id = "rapl:dram-0" },
            _package with { Id = "nvml:GPU-8f6a1c52-0b1d-4a7e-9c55-6f2f0d7e1a34" },
            _package with { Id = "rapl:package-1" },
        ];

        string text = Print(console => BooksTable.Print(console, devices));

        Assert.Equal(4, Occurrences(text, "= 0 µJ"));
        Assert.Equal(4, Occurrences(text, "123,456,789"));
    }

    [Fact]
    public void Models_MeasuredModelledAndUnavailable_AreToldApart()
    {
        ModelRow linear = new("digits-linear", 192_185, 0.9597)
        {
            Energy = Energy.FromJoules(23.4),
            WithIdle = Energy.FromJoules(46.8),
            Tier = MeasurementTier.Measured,
            Uncertainty = RelativeUncertainty.Symmetric(0.11),
            LearnedWatts = 4.25,
        };
        ModelRow perceptron = new("digits-mlp", 6_978, 0.9849)
        {
            Energy = Energy.Zero,
            WithIdle = Energy.FromJoules(45),
            Tier = MeasurementTier.Modelled,
            Uncertainty = new RelativeUncertainty(0.57, 0.73),
        };

        string text = Print(console => ModelTable.Print(console, [linear, perceptron, new ModelRow("digits-none", 0, 0.5)]));
        text = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains("192,185 95.97 % 122 µJ 244 µJ ±11 % 4.25 W Measured", text, StringComparison.Ordinal);
        Assert.Contains("6,978 98.49 % - 6.45 mJ −57/+73 % - Modelled", text, StringComparison.Ordinal);
        Assert.Contains("0 50.00 % - - - - Unavailable", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Detection_Unreadable_SaysWhyAndWhatToDo()
    {
        SourceFinding unreadable = new()
        {
            Source = "rapl",
            Status = SourceStatus.Unreadable,
            Reason = "RAPL is present but energy_uj is readable by root only.",
            Remedy = "Make it readable to a group by a udev rule, or grant CAP_PERFMON; do not make it world-readable.",
        };
        SourceFinding used = new()
        {
            Source = "load-model",
            Status = SourceStatus.Used,
            Reason = "No counter could be read [not markup].",
            Devices =
            [
                new PowerDevice
                {
                    Id = "load:cpu",
                    Name = "processor",
                    Domain = EnergyDomain.CpuPackage,
                    Tier = MeasurementTier.Modelled,
                    Uncertainty = new RelativeUncertainty(0.57, 0.73),
                    Remark = "generic processor",
                },
            ],
        };

        string text = Print(console => DetectionTable.Print(console, [unreadable, used]));

        Assert.Contains("Unreadable", text, StringComparison.Ordinal);
        Assert.Contains("Remedy: Make it readable to a group", text, StringComparison.Ordinal);
        Assert.Contains("[not markup]", text, StringComparison.Ordinal);
        Assert.Contains("Device: load:cpu (processor), Modelled, −57/+73 % - generic processor", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SelfCost_WithAndWithoutPower_IsOneLine()
    {
        SelfCost cost = new(TimeSpan.FromMilliseconds(6.2), TimeSpan.FromSeconds(8.1), Power.FromWatts(0.0213));

        Assert.Equal(
            "The metering itself: 6.20 ms of CPU time in 8.10 s (0.077 % of one core), 21.3 mW.",
            Print(console => SelfCostLine.Print(console, cost)).Trim());
        Assert.Contains(
            "power unavailable",
            Print(console => SelfCostLine.Print(console, cost with { Power = null })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoDevices_SaysSoAndIsBalanced()
    {
        RunReport report = new([new ModelRow("digits-linear", 1, 0.95) { Metered = 1 }], [], null);

        Assert.True(report.Balanced);
        Assert.Contains("No device was metered", Print(report.Print), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneInferenceNotMetered_IsNotBalanced() =>
        Assert.False(new RunReport([new ModelRow("digits-linear", 2, 0.95) { Metered = 1 }], [], null).Balanced);

    [Fact]
    public void Run_OneDeviceOutByAMicrojoule_IsNotBalanced()
    {
        Assert.True(new RunReport([], [_package], null).Balanced);
        Assert.False(new RunReport([], [_package, _package with { Idle = _package.Idle + 1 }], null).Balanced);
    }

    [Theory]
    [InlineData(0, "0 J")]
    [InlineData(0.000_122_4, "122 µJ")]
    [InlineData(0.000_999_9, "1.00 mJ")]
    [InlineData(-0.0123, "-12.3 mJ")]
    [InlineData(1234, "1.23 kJ")]
    [InlineData(1e-12, "0.00 nJ")]
    public void Quantity_AnySize_HasThreeDigitsAndAPrefix(double value, string expected) =>
        Assert.Equal(expected, SiText.Quantity(value, "J"));

    private static string Print(Action<IAnsiConsole> print)
    {
        StringWriter output = new();
        print(SampleConsole.Plain(output));
        string text = output.ToString();
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 100));
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        return text;
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
