using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;
using PatchOperator.Jobs;
using PatchOperator.Reconciling;

namespace PatchOperator.Nodes;

/// <summary>One step of one node: gather what is known, decide, act, write the status, say what happened.</summary>
internal sealed class NodeWork(
    ClusterCache cache,
    FleetView fleet,
    WindowCalendars windows,
    JobReports reports,
    Drainer drainer,
    NodeActions actions,
    Reconciliation reconciliation,
    ObjectWriter writer)
{
    public async Task<NodeDecision> DoAsync(NodePatch patch, CancellationToken cancellationToken)
    {
        cache.NodePatches.Observe(patch);
        var input = await GatherAsync(patch, cancellationToken);
        var decision = NodePhases.Decide(input);
        await actions.ApplyAsync(patch, input.Node, decision.Actions, cancellationToken);
        await writer.WriteStatusAsync(patch, decision.Status, cancellationToken);
        await writer.PublishAsync(patch, decision.Event, cancellationToken);
        return decision;
    }

    private async Task<NodeInput> GatherAsync(NodePatch patch, CancellationToken cancellationToken)
    {
        var name = patch.Metadata.Name;
        var node = fleet.NodeOf(patch);
        return new NodeInput
        {
            Node = node,
            Spec = patch.Spec,
            Status = patch.Status,
            Deleting = patch.Metadata.DeletionTimestamp is not null,
            Generation = patch.Metadata.Generation ?? 0,
            RunExists = patch.Spec.Operation is { } operation
                && cache.Runs.Get(operation.Run) is { Metadata.DeletionTimestamp: null } run
                && run.Metadata.Uid == operation.RunUid,
            Policy = PolicyOf(name),
            Jobs = await JobsAsync(name, patch.Status.Job, cancellationToken),
            Drain = node is not null && NodePhases.NeedsDrainFacts(patch.Status) ? await drainer.FactsAsync(name, cancellationToken) : null,
            Now = reconciliation.Now,
        };
    }

    // An invalid policy asks nothing of its nodes.
    private PatchPolicy? PolicyOf(string node) =>
        cache.Claims.PolicyOf(node) is { } name
        && cache.Policies.Get(name) is { } policy
        && PolicyValidation.Validate(policy, windows.All).Count == 0
            ? policy
            : null;

    private async Task<IReadOnlyDictionary<string, JobFacts>> JobsAsync(string node, string? current, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, JobFacts>();
        foreach (var job in cache.Jobs.IndexedBy(node))
        {
            var pod = cache.Pods.IndexedBy(job.Name).FirstOrDefault();
            facts[job.Name] = new JobFacts
            {
                Name = job.Name,
                Finished = job.Finished,
                TimedOut = job.TimedOut,
                BootId = job.BootId,
                Problem = pod?.Problem,
                Report = job.Finished && job.Name == current ? await reports.ReadAsync(job, cancellationToken) : null,
            };
        }

        return facts;
    }
}
