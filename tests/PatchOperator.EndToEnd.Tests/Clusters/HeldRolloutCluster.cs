namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>For the stories of what holds a rollout back: windows, people, checks, pods that may not leave.</summary>
public sealed class HeldRolloutCluster() : ClusterFixture("e2e-held");

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class HeldRolloutCollection : ICollectionFixture<HeldRolloutCluster>
#pragma warning restore CA1711
{
    public const string Name = "held rollouts";
}
