using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace GreenAI.Metering.Tests;

public sealed class AllocationAssertTests
{
    private static object? _kept;

    [Fact]
    public void Zero_ActionThatAllocatesOneObject_Fails() =>
        Assert.Throws<TrueException>(() => AllocationAssert.Zero(Allocate));

    [Fact]
    public void Zero_ActionThatAllocatesNothing_Passes() => AllocationAssert.Zero(static () => { });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Allocate() => _kept = new object();
}
