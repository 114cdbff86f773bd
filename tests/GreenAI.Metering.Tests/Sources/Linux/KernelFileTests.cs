namespace GreenAI.Metering.Tests;

public sealed class KernelFileTests
{
    [Fact]
    public void FaultOf_NoData_IsAHoleOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Error numbers are Linux's.");
        Assert.Equal(SampleFault.NoData, KernelFile.FaultOf(new IOException("No data available", 61)));
        Assert.Equal(SampleFault.InputOutput, KernelFile.FaultOf(new IOException("Input/output error", 5)));
    }

    [Fact]
    public void FaultOf_WhatTheRuntimeThrows_CarriesTheErrorNumber()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The unreadable stand-in is a Linux file.");
        using var handle = File.OpenHandle("/proc/self/mem", share: FileShare.ReadWrite); // Answers EIO at offset 0.
        IOException thrown = Assert.Throws<IOException>(() => RandomAccess.Read(handle, new byte[8], 0));
        Assert.Equal(5, thrown.HResult);
    }
}
