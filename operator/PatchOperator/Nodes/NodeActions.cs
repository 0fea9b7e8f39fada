using System.Text.Json;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Caches.Resources;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Jobs;

namespace PatchOperator.Nodes;

/// <summary>Does what was decided for a node. Each action can be repeated without harm.</summary>
internal sealed class NodeActions(ClusterCache cache, JobFactory factory, JobWriter jobs, Drainer drainer, IKubernetesClient client)
{
    public async Task ApplyAsync(NodePatch patch, NodeFacts? node, IReadOnlyList<NodeAction> actions, CancellationToken cancellationToken)
    {
        foreach (var action in actions)
            await (action switch
            {
                NodeAction.Cordon cordon => CordonAsync(node!, cordon.Run, cancellationToken),
                NodeAction.Uncordon => UncordonAsync(node!, cancellationToken),
                NodeAction.Evict evict => drainer.EvictAsync(evict.Pods, cancellationToken),
                NodeAction.CreateJob create => jobs.CreateAsync(factory.Create(patch, create.Job), cancellationToken),
                NodeAction.DeleteJob delete => jobs.DeleteAsync(delete.Name, cancellationToken),
                _ => throw new InvalidOperationException($"unknown action {action}"),
            });
    }

    // The mark and the cordon are one write, on the Node as it was read just now: a cordon that somebody else set in between is never taken for ours.
    private async Task CordonAsync(NodeFacts node, string run, CancellationToken cancellationToken)
    {
        var live = await client.GetAsync<NodeResource>(node.Name, cancellationToken: cancellationToken);
        if (live?.Metadata.Uid == node.Uid && live.Spec?.Unschedulable != true)
            await PatchAsync(live, unschedulable: true, cordonedBy: run, cancellationToken);
    }

    private async Task UncordonAsync(NodeFacts node, CancellationToken cancellationToken)
    {
        var live = await client.GetAsync<NodeResource>(node.Name, cancellationToken: cancellationToken);
        if (live?.Metadata.Uid == node.Uid && live.Metadata.Annotations?.ContainsKey(ApiGroup.CordonedByAnnotation) == true)
            await PatchAsync(live, unschedulable: null, cordonedBy: null, cancellationToken);
    }

    private async Task PatchAsync(NodeResource live, bool? unschedulable, string? cordonedBy, CancellationToken cancellationToken)
    {
        var patch = JsonSerializer.Serialize(new
        {
            metadata = new
            {
                resourceVersion = live.Metadata.ResourceVersion,
                annotations = new Dictionary<string, string?> { [ApiGroup.CordonedByAnnotation] = cordonedBy },
            },
            spec = new { unschedulable },
        });
        var node = await client.PatchAsync<NodeResource>(new V1Patch(patch, V1Patch.PatchType.MergePatch), live.Metadata.Name, cancellationToken: cancellationToken);
        cache.Nodes.Observe(node);
    }
}
