namespace GreenAI.Metering.Samples.InferenceService.Tests;

/// <summary>Tests that share one demonstration.</summary>
[CollectionDefinition]
public sealed class DemoCollection : ICollectionFixture<DemoService>;
