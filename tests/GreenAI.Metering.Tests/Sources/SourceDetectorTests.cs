using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering.Tests;

public sealed class SourceDetectorTests : IDisposable
{
    private readonly SensorTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Detect_PlatformMeterOfTheApplication_WhatItContainsIsNotAdded()
    {
        AddBoard();
        using var rack = new FakePowerSource(_tree.Clock, new PowerDevice
        {
            Id = "rack:1",
            Name = "Whole machine",
            Domain = EnergyDomain.Platform,
            Tier = MeasurementTier.Measured,
        });
        (IReadOnlyList<IPowerSource> sources, DetectionReport report) = Detect(SourceDetector.Names, rack);
        Assert.Same(rack, Assert.Single(sources));
        Assert.All(report.Findings.Skip(1), finding => Assert.Equal(SourceStatus.NotNeeded, finding.Status));
    }

    [Fact]
    public void Report_AsText_TellsDevicesWithTierBandAndRemark()
    {
        using var meter = new FakePowerSource(_tree.Clock, new PowerDevice
        {
            Id = "board:1",
            Name = "Board",
            Domain = EnergyDomain.Gpu,
            Tier = MeasurementTier.Measured,
            Uncertainty = RelativeUncertainty.Symmetric(0.25),
            Remark = "MIG: board level.",
        });
        (_, DetectionReport report) = Detect([SourceDetector.Rapl], meter);
        Assert.Contains("\n  board:1 (Board), Measured, ±25 %: MIG: board level.", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_PlatformMeterFoundFirst_BoardsInsideAreNotAdded()
    {
        _tree.AddChip(0, "power_meter", "ACPI000D:00");
        _tree.WriteChip(0, "device/power1_average", "400000000\n");
        (IReadOnlyList<IPowerSource> sources, DetectionReport report) = Detect([SourceDetector.Hwmon, SourceDetector.Nvml]);
        Assert.Equal(EnergyDomain.Platform, Assert.Single(Assert.Single(sources).Devices).Domain);
        SourceFinding nvml = report.Findings.Single(finding => finding.Source == SourceDetector.Nvml);
        Assert.Equal(SourceStatus.NotNeeded, nvml.Status);
        Assert.Contains("whole machine", nvml.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_SysfsRootIsNoFolder_TheFindingSaysSo()
    {
        (_, DetectionReport report) = Detect([SourceDetector.Rapl]);
        SourceFinding finding = report.Findings[0];
        Assert.Equal($"SysfsRoot is {_tree.Context.SysfsRoot}, which is not a folder.", finding.Reason);
        Assert.Contains("SysfsRoot", finding.Remedy, StringComparison.Ordinal);
    }

    private void AddBoard()
    {
        _tree.AddChip(0, "amdgpu", "0000:03:00.0");
        _tree.WriteChip(0, "power1_average", "300000000\n");
    }

    private (IReadOnlyList<IPowerSource> Sources, DetectionReport Report) Detect(IReadOnlyList<string> names, params IPowerSource[] added)
    {
        GreenAIMeteringOptions options = new()
        {
            SysfsRoot = _tree.Context.SysfsRoot,
            ProcRoot = _tree.Context.ProcRoot,
            Sources = [.. names],
        };
        return new SourceDetector(options, _tree.Clock, NullLogger.Instance).Detect(added);
    }
}
