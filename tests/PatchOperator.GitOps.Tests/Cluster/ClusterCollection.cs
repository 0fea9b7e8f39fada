namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>Tests of one API server, one after the other: they see each other's objects.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<GitOpsCluster>
{
    public const string Name = "cluster";
}
