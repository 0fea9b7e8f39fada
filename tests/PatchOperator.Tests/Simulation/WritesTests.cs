using k8s.Models;
using PatchOperator.Api;

namespace PatchOperator.Tests.Simulation;

/// <summary>What a turn costs the API server when all goes well.</summary>
public class WritesTests
{
    /// <summary>
    /// Its operation, a status for each step and for the end, a Job for each step but the drain, and the first of them deleted, the cordon and its end.
    /// Evictions and events come on top.
    /// </summary>
    [Theory]
    [InlineData(true, 12)]
    [InlineData(false, 9)]
    public void A_turn_is_few_writes(bool reboot, int expected)
    {
        using var cluster = new SimulatedCluster(null, 1, spec => spec);
        var node = Assert.Single(cluster.Nodes.All);
        node.NeedsReboot = reboot;
        cluster.Run(() => cluster.Patch(node)?.Status.LastScan is not null && cluster.Store.All(V1Job.KubeKind).Count == 0);
        var writes = new List<string>();
        cluster.Store.Changed += change => writes.AddRange(Ours(change));

        cluster.Run(() => cluster.IsSettled(node) && cluster.Store.All(V1Job.KubeKind).Count == 0);

        Assert.True(writes.Count == expected, string.Join(Environment.NewLine, writes));
    }

    private static IEnumerable<string> Ours(Change change) => change switch
    {
        { Before: { Kind: NodePatch.KindName } before, After: { } after } => [Part(before, after)],
        { Before: null, After: { Kind: V1Job.KubeKind } job } => [$"Job made: {job.Name}"],
        // What the first owns goes by itself.
        { Before: { Kind: V1Job.KubeKind } job, After: null } when !job.OwnerUids.Any() => [$"Job deleted: {job.Name}"],
        { Before: { Kind: V1Node.KubeKind } before, After: { } after } when Unschedulable(before) != Unschedulable(after) => ["cordon"],
        _ => [],
    };

    private static string Part(StoredObject before, StoredObject after) =>
        before.As<NodePatch>().Metadata.Generation == after.As<NodePatch>().Metadata.Generation
            ? $"status: {after.As<NodePatch>().Status.Phase}, {after.As<NodePatch>().Status.Conditions[0].Message}"
            : "operation";

    private static string? Unschedulable(StoredObject node) => node.Json["spec"]!["unschedulable"]?.ToJsonString();
}
