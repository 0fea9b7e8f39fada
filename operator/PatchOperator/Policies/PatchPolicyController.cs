using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Policies;
using PatchOperator.Reconciling;

namespace PatchOperator.Policies;

/// <summary>Tracks a policy's nodes, makes its runs, and writes where it stands.</summary>
internal sealed class PatchPolicyController(
    ClusterCache cache,
    FleetView fleet,
    WindowCalendars windows,
    Reconciliation reconciliation,
    ObjectWriter writer,
    IKubernetesClient client) : IEntityController<PatchPolicy>
{
    private const int ParallelWrites = 8;

    public Task<ReconciliationResult<PatchPolicy>> ReconcileAsync(PatchPolicy entity, CancellationToken cancellationToken) =>
        reconciliation.RunAsync(entity, token => ReconcilePolicyAsync(entity, token), cancellationToken);

    public Task<ReconciliationResult<PatchPolicy>> DeletedAsync(PatchPolicy entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<PatchPolicy>.Success(entity));

    private async Task<TimeSpan?> ReconcilePolicyAsync(PatchPolicy policy, CancellationToken cancellationToken)
    {
        cache.Policies.Observe(policy);
        var input = Gather(policy);
        var decision = PolicyDecisions.Decide(input);
        await Parallel.ForEachAsync(decision.Track, Limit(cancellationToken), async (node, token) => await TrackAsync(node, token));
        await Parallel.ForEachAsync(fleet.Untracked(), Limit(cancellationToken), async (patch, token) => await client.DeleteAsync<NodePatch>(patch.Metadata.Name, cancellationToken: token));
        await Parallel.ForEachAsync(fleet.Orphaned(), Limit(cancellationToken), async (patch, token) => await writer.SetOperationAsync(patch, null, token));
        if (decision.Run is { } run)
            await CreateRunAsync(policy, run, cancellationToken);
        foreach (var old in decision.Prune)
            await client.DeleteAsync<PatchRun>(old, cancellationToken: cancellationToken);
        await writer.WriteStatusAsync(policy, decision.Status, cancellationToken);
        await writer.PublishAsync(policy, decision.Event, cancellationToken);
        return decision.WakeUp;
    }

    private static ParallelOptions Limit(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = ParallelWrites, CancellationToken = cancellationToken };

    private PolicyInput Gather(PatchPolicy policy) => new()
    {
        Policy = policy,
        Errors = PolicyValidation.Validate(policy, windows.All),
        Nodes = fleet.Members(policy.Metadata.Name),
        ClaimedByOthers = cache.Claims.ClaimedByOthers(policy.Metadata.Name),
        Windows = windows.States(policy.Spec.Windows, reconciliation.Now),
        Runs = [.. cache.Runs.IndexedBy(policy.Metadata.Name).Where(run => run.Spec.Policy.Uid == policy.Metadata.Uid)],
        Now = reconciliation.Now,
    };

    private Task TrackAsync(NodeFacts node, CancellationToken cancellationToken)
    {
        var patch = new NodePatch
        {
            Metadata = new V1ObjectMeta
            {
                Name = node.Name,
                Finalizers = [FinalizerNames.NodePatch],
                Labels = new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy },
                OwnerReferences = [new V1OwnerReference { ApiVersion = V1Node.KubeApiVersion, Kind = V1Node.KubeKind, Name = node.Name, Uid = node.Uid }],
            },
            Spec = new NodePatchSpec { NodeName = node.Name },
        };
        return writer.CreateAsync(patch, cache.NodePatches.Observe, cancellationToken);
    }

    private Task CreateRunAsync(PatchPolicy policy, NewRun run, CancellationToken cancellationToken)
    {
        var entity = new PatchRun
        {
            Metadata = new V1ObjectMeta
            {
                Name = run.Name,
                Finalizers = [FinalizerNames.PatchRun],
                Labels = new Dictionary<string, string>
                {
                    [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy,
                    [ApiGroup.PolicyLabel] = policy.Metadata.Name,
                },
                OwnerReferences =
                [
                    new V1OwnerReference
                    {
                        ApiVersion = ApiGroup.GroupVersion,
                        Kind = PatchPolicy.KindName,
                        Name = policy.Metadata.Name,
                        Uid = policy.Metadata.Uid,
                        Controller = true,
                    },
                ],
            },
            Spec = run.Spec,
        };
        return writer.CreateAsync(entity, cache.Runs.Observe, cancellationToken);
    }
}
