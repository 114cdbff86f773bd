using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace GreenAI.Metering.Tests;

/// <summary>What loading and running the library must not do to its process.</summary>
public sealed class HostBehaviourTests
{
    [Fact]
    public void H3_Meter_ListensToNothingOfTheProcess()
    {
        using ActivitySource activities = new("greenai-h3-test");
        using Meter foreign = new("greenai-h3-test");
        Counter<long> counter = foreign.CreateCounter<long>("foreign");
        using MeterRig rig = new(FakePowerSource.Cpu("host:h3"));
        rig.Meter.Start();
        using (InferenceScope scope = rig.Meter.Begin("m"))
        {
            Assert.False(activities.HasListeners());
            Assert.False(counter.Enabled);
            Assert.Null(Activity.Current);
        }
    }

    [Theory]
    [InlineData("System.Console", "")]
    [InlineData("System.AppDomain", "")]
    [InlineData("System.Environment", "Exit")]
    [InlineData("System.Environment", "FailFast")]
    [InlineData("System.Diagnostics.ActivityListener", "")]
    [InlineData("System.Diagnostics.Metrics.MeterListener", "")]
    [InlineData("System.Runtime.InteropServices.PosixSignalRegistration", "")]
    [InlineData("System.Threading.Tasks.TaskScheduler", "UnobservedTaskException")]
    [InlineData("System.Runtime.Loader.AssemblyLoadContext", "")]
    public void H1_H3_Core_RefersToNothingThatEndsOrHooksTheProcess(string type, string member)
    {
        using FileStream file = File.OpenRead(typeof(EnergyMeter).Assembly.Location);
        using System.Reflection.PortableExecutable.PEReader image = new(file);
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        IEnumerable<string> members = metadata.MemberReferences
            .Select(metadata.GetMemberReference)
            .Where(reference => reference.Parent.Kind == System.Reflection.Metadata.HandleKind.TypeReference)
            .Select(reference =>
            {
                var parent = metadata.GetTypeReference((System.Reflection.Metadata.TypeReferenceHandle)reference.Parent);
                return $"{metadata.GetString(parent.Namespace)}.{metadata.GetString(parent.Name)}.{metadata.GetString(reference.Name)}";
            });
        Assert.DoesNotContain(members, name => name.StartsWith($"{type}.{member}", StringComparison.Ordinal));
    }

    [Fact]
    public void H3_Core_HasNoModuleInitializerAndNoStaticConstructorWithEffects()
    {
        Assembly core = typeof(EnergyMeter).Assembly;
        Assert.DoesNotContain(
            core.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)),
            method => method.IsDefined(typeof(System.Runtime.CompilerServices.ModuleInitializerAttribute), inherit: false));
    }

    [Fact]
    public void H1_SourceThatThrows_NeverReachesTheHost()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("host:h1"));
        rig.Source.Throws = new UnauthorizedAccessException("no");
        InferenceScope scope = rig.Meter.Begin("m");
        rig.Run(0.1, 10);
        scope.Complete();
        rig.Meter.Engine.Tick();
        rig.Meter.GetTotals();
        Assert.Contains(rig.Logs.Lines, line => line.Contains("Power source fake threw", StringComparison.Ordinal));
    }

    [Fact]
    public void H1_SourceThatThrowsFromTheFirstReading_MeterIsMadeAllTheSame()
    {
        FakePowerSource source = new(TimeProvider.System, FakePowerSource.Cpu("host:h1-start")) { Throws = new IOException("EACCES") };
        using EnergyMeter meter = new(new GreenAIMeteringOptions(), new MeterEnvironment { Sources = [source] });
        meter.Start();
        Assert.Equal(FootprintStage.Provisional, meter.Begin("m").Complete().Stage);
    }
}
