using k8s;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Queue;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Runs;
using PatchOperator.Metrics;

namespace PatchOperator.Reconciling;

/// <summary>Which objects are looked at again when another changes. Losing a call here delays a decision, it never changes one.</summary>
internal sealed class Triggers(
    ClusterCache cache,
    EntityQueue<PatchPolicy> policies,
    EntityQueue<PatchRun> runs,
    EntityQueue<NodePatch> nodes,
    EntityQueue<ImageBaseline> baselines,
    Backlog backlog,
    ILogger<Triggers> logger) : IHostedService
{
    // Many nodes change together; a policy's status is written once for all of them.
    private static readonly TimeSpan Coalesce = TimeSpan.FromSeconds(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        cache.Nodes.Changed += OnNode;
        cache.NodePatches.Changed += OnNodePatch;
        cache.Policies.Changed += OnPolicy;
        cache.Windows.Changed += OnWindow;
        cache.Runs.Changed += OnRun;
        cache.Baselines.Changed += OnBaseline;
        cache.Jobs.Changed += (_, before, after) => EnqueueOwner((after ?? before)?.Node, (after ?? before)?.Baseline);
        cache.Pods.Changed += (_, before, after) => EnqueueOwner((after ?? before)?.Node, (after ?? before)?.Baseline);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void OnNode(string name, NodeFacts? before, NodeFacts? after)
    {
        EnqueueNode(name);
        EnqueueAll();
        EnqueueBaselines(baseline => baseline.Spec.Nodes is not null, Coalesce);
    }

    private void OnWindow(string name, PatchWindow? before, PatchWindow? after)
    {
        EnqueueAll();
        EnqueueBaselines(baseline => baseline.Spec.Triggers.Windows.Contains(name), TimeSpan.Zero);
    }

    // KubeOps looks at an object again when its spec changes; a person's request is an annotation. And a run's record says what images have of it, and is closed once
    // they have it all.
    private void OnBaseline(string name, ImageBaseline? before, ImageBaseline? after)
    {
        if (after?.Metadata.Annotations?.Keys.Any(key => key is ApiGroup.RebuildAnnotation or ApiGroup.PromoteAnnotation) == true)
            Enqueue(baselines, after, TimeSpan.Zero);
        foreach (var run in (after ?? before)!.Spec.Triggers.OnPolicies.SelectMany(cache.Runs.IndexedBy))
            if (run.Status.Baselines.All(coverage => coverage.Name != name || !coverage.UpToDate))
                Enqueue(runs, run, TimeSpan.Zero);
    }

    private void OnNodePatch(string name, NodePatch? before, NodePatch? after)
    {
        EnqueueNode(name);
        foreach (var run in new[] { after?.Spec.Operation?.Run, after?.Status.LastOperation?.Run, before?.Spec.Operation?.Run }.Distinct())
            EnqueueRun(run, TimeSpan.Zero);
        if (after is null)
            EnqueueAll();
        else
            EnqueuePolicy(cache.Claims.PolicyOf(name) ?? after.Status.Compliance?.Policy);
    }

    private void OnPolicy(string name, PatchPolicy? before, PatchPolicy? after)
    {
        if (before is not null && after is not null && SameQuestion(before, after))
            return;
        EnqueueAll();
        foreach (var patch in cache.NodePatches.Items)
            Enqueue(nodes, patch, TimeSpan.Zero);
    }

    private void OnRun(string name, PatchRun? before, PatchRun? after)
    {
        EnqueueRun(name, TimeSpan.Zero);
        var policy = (after ?? before)!.Spec.Policy.Name;
        EnqueuePolicy(policy);
        if (before?.Status.Phase != after?.Status.Phase)
            EnqueueBaselines(baseline => baseline.Spec.Triggers.OnPolicies.Contains(policy), TimeSpan.Zero);
        if (after is null or { Metadata.DeletionTimestamp: not null })
            foreach (var node in (after ?? before)!.Spec.Nodes)
                EnqueueNode(node.Name);
    }

    private static bool SameQuestion(PatchPolicy before, PatchPolicy after) =>
        before.Metadata.Generation == after.Metadata.Generation && before.Metadata.DeletionTimestamp == after.Metadata.DeletionTimestamp;

    private void EnqueueAll()
    {
        foreach (var policy in cache.Policies.Items)
            Enqueue(policies, policy, Coalesce);
        foreach (var run in cache.Runs.Items.Where(run => !RunPhases.IsTerminal(run.Status.Phase)))
            Enqueue(runs, run, TimeSpan.Zero);
    }

    private void EnqueueOwner(string? node, string? baseline)
    {
        EnqueueNode(node);
        if (baseline is not null)
            EnqueueBaselines(candidate => candidate.Metadata.Name == baseline, TimeSpan.Zero);
    }

    private void EnqueueBaselines(Func<ImageBaseline, bool> affected, TimeSpan delay)
    {
        foreach (var baseline in cache.Baselines.Items.Where(affected))
            Enqueue(baselines, baseline, delay);
    }

    private void EnqueueNode(string? name)
    {
        if (name is not null && cache.NodePatches.Get(name) is { } patch)
            Enqueue(nodes, patch, TimeSpan.Zero);
    }

    private void EnqueueRun(string? name, TimeSpan delay)
    {
        if (name is not null && cache.Runs.Get(name) is { } run)
            Enqueue(runs, run, delay);
    }

    private void EnqueuePolicy(string? name)
    {
        if (name is not null && cache.Policies.Get(name) is { } policy)
            Enqueue(policies, policy, Coalesce);
    }

    private void Enqueue<TEntity>(EntityQueue<TEntity> queue, TEntity entity, TimeSpan delay)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        backlog.Add(typeof(TEntity).Name, entity.Metadata.Name, delay);
        var enqueued = queue(entity, ReconciliationType.Modified, ReconciliationTriggerSource.Operator, delay, 0, CancellationToken.None);
        if (enqueued.IsFaulted)
            logger.LogWarning(enqueued.Exception, "Could not enqueue {Kind} {Name}", entity.Kind, entity.Metadata.Name);
    }
}
