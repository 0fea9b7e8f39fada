using PatchOperator.EndToEnd.Tests.Clusters;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer($"PatchOperator.EndToEnd.Tests.Clusters.{nameof(LongestFirst)}", "PatchOperator.EndToEnd.Tests")]

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>Begins with the stories that take longest, so that none of them is left alone at the end: rollouts, images, installations, then the rest.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Order = [RolloutCollection.Name, HeldRolloutCollection.Name, ImageClusterCollection.Name, EmptyClusterCollection.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.IndexOf(Order, collection.DisplayName) is var place and >= 0 ? place : Order.Length);
}
