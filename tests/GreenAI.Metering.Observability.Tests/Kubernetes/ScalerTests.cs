using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests.Kubernetes;

/// <summary>The manifests' target and waits bring utilisation near its target without flapping, and without the wait they do not.</summary>
public sealed class ScalerTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.75)]
    [InlineData(0.95)]
    [InlineData(1.7)]
    [InlineData(2.6)]
    [InlineData(5.2)]
    public void Replicas_Settle_WithoutFlapping(double load)
    {
        int[] replicas = OfManifest().Run(load);
        int last = replicas[^1];
        Assert.InRange(load / last, 0, 0.65 * 1.1);
        // Never a replica too many on the way, and none that goes again.
        Assert.Equal(replicas.Order(), replicas);
        Assert.All(replicas.Skip(replicas.Length / 2), count => Assert.Equal(last, count));
    }

    [Fact]
    public void Replicas_GrowthWithoutAWait_Overshoots()
    {
        Scaler manifest = OfManifest();
        var hasty = new Scaler { Target = manifest.Target, GrowthWaitSeconds = 0, ShrinkingWaitSeconds = manifest.ShrinkingWaitSeconds };
        Assert.True(hasty.Run(2.6).Max() >= 2 * manifest.Run(2.6).Max());
    }

    // The default of the indicators' shortest window is five minutes: a wait of one is too short for it.
    [Fact]
    public void Replicas_WindowLongerThanTheWait_Overshoots()
    {
        Scaler manifest = OfManifest();
        var slow = new Scaler { Target = manifest.Target, GrowthWaitSeconds = manifest.GrowthWaitSeconds, ShrinkingWaitSeconds = manifest.ShrinkingWaitSeconds, WindowSeconds = 300 };
        Assert.True(slow.Run(2.6).Max() >= 2 * manifest.Run(2.6).Max());
    }

    [Fact]
    public void Replicas_WithoutWaitsAndWithALongWindow_NeverSettle()
    {
        int[] replicas = new Scaler { Target = 0.65, GrowthWaitSeconds = 0, ShrinkingWaitSeconds = 0, WindowSeconds = 300 }.Run(5.2);
        Assert.True(replicas.Skip(replicas.Length / 2).Distinct().Count() > 3);
    }

    [Fact]
    public void Hpa_HasTheSameTargetAndWaits()
    {
        YamlNode spec = Yaml.Parse(Pack.Read("kubernetes/hpa.yaml"))["spec"];
        Scaler keda = OfManifest();
        Assert.Equal(keda.Target * 1000 + "m", spec.Items("metrics").First()["external"]["target"].Text("value"));
        Assert.Equal((keda.GrowthWaitSeconds, keda.ShrinkingWaitSeconds), (Wait(spec["behavior"], "scaleUp"), Wait(spec["behavior"], "scaleDown")));
    }

    private static Scaler OfManifest()
    {
        YamlNode spec = Yaml.Parse(Pack.Read("kubernetes/keda-utilization.yaml"))["spec"];
        YamlNode behavior = spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"];
        YamlNode trigger = spec.Items("triggers").Single(static one => one.Text("name") == "utilization");
        Assert.Equal("Value", trigger.Text("metricType"));
        return new Scaler
        {
            Target = double.Parse(trigger["metadata"].Text("targetValue"), CultureInfo.InvariantCulture),
            GrowthWaitSeconds = Wait(behavior, "scaleUp"),
            ShrinkingWaitSeconds = Wait(behavior, "scaleDown"),
        };
    }

    private static int Wait(YamlNode behavior, string direction) => int.Parse(behavior[direction].Text("stabilizationWindowSeconds"), CultureInfo.InvariantCulture);
}
