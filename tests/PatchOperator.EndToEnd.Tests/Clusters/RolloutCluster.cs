namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>For the stories of what befalls machines: nodes that reboot, fail, vanish, and leaders that die.</summary>
public sealed class RolloutCluster() : ClusterFixture("e2e-rollouts");

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class RolloutCollection : ICollectionFixture<RolloutCluster>
#pragma warning restore CA1711
{
    public const string Name = "rollouts";
}
