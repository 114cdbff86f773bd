namespace GreenAI.Metering.Observability.Tests.Npm;

/// <summary>Tests that share one folder of packages.</summary>
[CollectionDefinition(Name)]
public sealed class NpmTests : ICollectionFixture<NpmFolder>
{
    public const string Name = "npm";
}
