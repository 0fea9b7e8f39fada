using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>One node and the images; the operator is the story's to install.</summary>
public sealed class EmptyClusterFixture() : LocalCluster("e2e-empty", [Node])
{
    public const string Node = "node-1";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await LoadAsync(withTools: false);
    }

    /// <summary>A node with all its updates pending.</summary>
    public async Task RenewAsync()
    {
        if (await Machines.IsUnpatchedAsync(Node))
            return;
        var before = (await Kubectl.GetAsync("node", Node)).BootId();
        await Machines.ResetAsync(Node);
        await Eventually.TrueAsync(
            $"{Node} is up anew", async () => await Kubectl.GetAsync("node", Node) is var node && node.IsReady() && node.BootId() != before);
    }
}

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class EmptyClusterCollection : ICollectionFixture<EmptyClusterFixture>
#pragma warning restore CA1711
{
    public const string Name = "empty cluster";
}
