namespace GreenAI.Metering.Observability.Tests.Npm;

/// <summary>The manifests against models that are generated from the sources of Kubernetes and KEDA.</summary>
[Collection(NpmTests.Name)]
public sealed class ManifestTests(NpmFolder npm)
{
    [Theory]
    [InlineData("service.yaml", "Deployment inference", "Service inference", "NetworkPolicy inference")]
    [InlineData("keda-utilization.yaml", "ScaledObject inference-utilization")]
    [InlineData("keda-carbon.yaml", "ScaledObject inference-carbon")]
    [InlineData("hpa.yaml", "HorizontalPodAutoscaler inference")]
    public async Task Manifest_IsValid(string file, params string[] kinds)
    {
        ProgramRun run = await npm.NodeAsync(Pack.Read($"kubernetes/{file}"), "validate.mjs");
        Assert.Equal(kinds.Select(static kind => $"{kind} is valid"), run.Output.Trim().Split('\n'));
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("keda-utilization.yaml", "targetValue: \"0.65\"", "targetValue: 0.65", "metadata/targetValue must be string")]
    [InlineData("keda-utilization.yaml", "scaleTargetRef:", "scaleTarget:", "must have required property scaleTargetRef")]
    [InlineData("keda-utilization.yaml", "behavior: currentReplicasIfHigher", "behavior: keep", "fallback/behavior must be equal to one of the allowed values")]
    [InlineData("keda-carbon.yaml", "target: \"50\"", "target: 50", "scalingModifiers/target must be string")]
    [InlineData("keda-carbon.yaml", "type: metrics-api", "kind: metrics-api", "must have required property type")]
    [InlineData("hpa.yaml", "maxReplicas: 12", "maxReplicaCount: 12", "must have required property maxReplicas")]
    [InlineData("hpa.yaml", "minReplicas: 1", "minReplicas: one", "minReplicas must be integer")]
    [InlineData("service.yaml", "containerPort: 8080", "containerPort: http", "containerPort must be integer")]
    public async Task Manifest_WithAMistake_IsRejected(string file, string from, string to, string complaint)
    {
        string text = Pack.Read($"kubernetes/{file}");
        Assert.Contains(from, text, StringComparison.Ordinal);
        ProgramRun run = await npm.NodeAsync(text.Replace(from, to, StringComparison.Ordinal), "validate.mjs");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(complaint, run.Output, StringComparison.Ordinal);
    }
}
