namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>Tests that share one live stack, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LiveTests : ICollectionFixture<LiveStack>
{
    public const string Name = "live";
}
