namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>
/// For the stories of what holds a rollout back: windows, people, checks, pods that may not leave. What is installed is the least of them, so that they have
/// <see cref="StoryUpdates"/>, and Debian's are left for the story that needs them.
/// </summary>
public sealed class HeldRolloutCluster() : ClusterFixture("e2e-held")
{
    /// <summary>A cluster without a trace of earlier stories, in which these nodes have the updates of these packages pending.</summary>
    internal async Task CleanAsync(IEnumerable<string> nodes, params string[] packages)
    {
        await CleanAsync();
        await Task.WhenAll(nodes.Select(node => StoryUpdates.OfferAsync(Machines, node, packages)));
    }
}

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class HeldRolloutCollection : ICollectionFixture<HeldRolloutCluster>
#pragma warning restore CA1711
{
    public const string Name = "held rollouts";
}
