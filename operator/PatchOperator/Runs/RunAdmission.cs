using System.Text.Json;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Runs;
using PatchOperator.Reconciling;

namespace PatchOperator.Runs;

/// <summary>
/// The one place where nodes are admitted. One decision at a time over all runs: each sees the slots that the one before has reserved,
/// so that two runs cannot both take the last one of the cluster's budget.
/// </summary>
internal sealed class RunAdmission(
    ClusterCache cache,
    FleetView fleet,
    WindowCalendars windows,
    Reconciliation reconciliation,
    ObjectWriter writer,
    IKubernetesClient client) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    public async Task<RunDecision> DecideAsync(PatchRun run, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            cache.Runs.Observe(run);
            var decision = RunDecisions.Decide(Gather(run));
            await ApplyAsync(run, decision, cancellationToken);
            return decision;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private RunInput Gather(PatchRun run)
    {
        var all = fleet.All();
        var policy = cache.Policies.Get(run.Spec.Policy.Name);
        var lives = policy is not null && policy.Metadata.Uid == run.Spec.Policy.Uid && policy.Metadata.DeletionTimestamp is null;
        return new RunInput
        {
            Run = run,
            Policy = lives ? policy : null,
            Nodes = all.ToDictionary(view => view.Node.Name),
            Members = fleet.Members(run.Spec.Policy.Name),
            Windows = lives ? windows.States(policy!.Spec.Windows, reconciliation.Now) : [],
            Fleet = fleet.Budget(all),
            Baselines = [.. cache.Baselines.Items],
            ResumeRequested = run.Metadata.Annotations?.ContainsKey(ApiGroup.ResumeAnnotation) == true,
            Now = reconciliation.Now,
        };
    }

    private async Task ApplyAsync(PatchRun run, RunDecision decision, CancellationToken cancellationToken)
    {
        foreach (var name in decision.Release)
            if (cache.NodePatches.Get(name) is { } patch)
                await writer.SetOperationAsync(patch, null, cancellationToken);
        foreach (var admission in decision.Admit)
            if (cache.NodePatches.Get(admission.Node) is { } patch)
                await writer.SetOperationAsync(patch, admission.Operation, cancellationToken);
        await writer.WriteStatusAsync(run, decision.Status, cancellationToken);
        await writer.PublishAsync(run, decision.Event, cancellationToken);
        if (decision.Resumed)
            cache.Runs.Observe(await client.PatchAsync<PatchRun>(RemoveResume(), run.Metadata.Name, cancellationToken: cancellationToken));
    }

    private static V1Patch RemoveResume() => new(
        JsonSerializer.Serialize(new { metadata = new { annotations = new Dictionary<string, string?> { [ApiGroup.ResumeAnnotation] = null } } }),
        V1Patch.PatchType.MergePatch);
}
