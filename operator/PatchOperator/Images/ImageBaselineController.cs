using System.Text.Json;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.Nodes;
using PatchOperator.Jobs;
using PatchOperator.Reconciling;

namespace PatchOperator.Images;

/// <summary>Keeps an image as patched as the nodes: gather what is known, decide, act, write the status, say what happened.</summary>
internal sealed class ImageBaselineController(
    ClusterCache cache,
    WindowCalendars windows,
    ImageJobFactory factory,
    ImageJobReports reports,
    JobWriter jobs,
    Registries registries,
    Reconciliation reconciliation,
    ObjectWriter writer,
    IKubernetesClient client) : IEntityController<ImageBaseline>
{
    public Task<ReconciliationResult<ImageBaseline>> ReconcileAsync(ImageBaseline entity, CancellationToken cancellationToken) =>
        reconciliation.RunAsync(entity, token => ReconcileBaselineAsync(entity, token), cancellationToken);

    public Task<ReconciliationResult<ImageBaseline>> DeletedAsync(ImageBaseline entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<ImageBaseline>.Success(entity));

    private async Task<TimeSpan?> ReconcileBaselineAsync(ImageBaseline entity, CancellationToken cancellationToken)
    {
        cache.Baselines.Observe(entity);
        // Our own last write may be newer than what was queued, and a reservation must not be overlooked. Its Jobs go with a baseline that is deleted.
        if (cache.Baselines.Get(entity.Metadata.Name) is not { Metadata.DeletionTimestamp: null } baseline)
            return null;
        var decision = BaselineDecisions.Decide(await GatherAsync(baseline, cancellationToken));
        await ActAsync(baseline, decision, cancellationToken);
        var (gone, problem) = await registries.DeleteAsync(baseline, decision.DeleteImages, cancellationToken);
        await writer.WriteStatusAsync(baseline, Retention.Forget(decision.Status, gone), cancellationToken);
        foreach (var happened in decision.Events)
            await writer.PublishAsync(baseline, happened, cancellationToken);
        if (problem is not null)
            await writer.PublishAsync(baseline, new EngineEvent(Reasons.RetentionFailed, problem, Warning: true), cancellationToken);
        await RemoveAnnotationsAsync(baseline, decision.RemoveAnnotations, cancellationToken);
        return decision.WakeUp;
    }

    private async Task ActAsync(ImageBaseline baseline, BaselineDecision decision, CancellationToken cancellationToken)
    {
        foreach (var name in decision.DeleteJobs)
            await jobs.DeleteAsync(name, cancellationToken);
        if (decision.Create is { } request)
            await jobs.CreateAsync(factory.Create(baseline, request), cancellationToken);
        if (decision.Tag is { } digest && await registries.TagAsync(baseline, digest, cancellationToken) is { } problem)
            await writer.PublishAsync(baseline, new EngineEvent(Reasons.RegistryUnavailable, problem, Warning: true), cancellationToken);
    }

    private async Task<BaselineInput> GatherAsync(ImageBaseline baseline, CancellationToken cancellationToken)
    {
        var input = new BaselineInput
        {
            Baseline = baseline,
            Errors = BaselineValidation.Validate(baseline, windows.All),
            Jobs = await JobsAsync(baseline, cancellationToken),
            Nodes = baseline.Spec.Nodes is null ? [] : [.. cache.Nodes.Items],
            Runs = [.. baseline.Spec.Triggers.OnPolicies.SelectMany(cache.Runs.IndexedBy)],
            Windows = windows.States(baseline.Spec.Triggers.Windows, reconciliation.Now),
            Now = reconciliation.Now,
        };
        return RegistryQuestion.Of(input) is { } question
            ? input with { Registry = await registries.AskAsync(baseline, question, cancellationToken) }
            : input;
    }

    private async Task<Dictionary<string, ImageJobFacts>> JobsAsync(ImageBaseline baseline, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, ImageJobFacts>();
        foreach (var job in cache.Jobs.IndexedBy(JobRecord.KeyOfBaseline(baseline.Metadata.Name)).Where(job => job.Owner == baseline.Metadata.Uid))
        {
            facts[job.Name] = new ImageJobFacts
            {
                Name = job.Name,
                Finished = job.Finished,
                TimedOut = job.TimedOut,
                Problem = cache.Pods.IndexedBy(job.Name).FirstOrDefault()?.Problem,
                Report = job.Finished && job.Name == baseline.Status.Job?.Name ? await reports.ReadAsync(job, cancellationToken) : null,
            };
        }

        return facts;
    }

    private async Task RemoveAnnotationsAsync(ImageBaseline baseline, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
            return;
        var patch = JsonSerializer.Serialize(new { metadata = new { annotations = names.ToDictionary(name => name, _ => (string?)null) } });
        cache.Baselines.Observe(await client.PatchAsync<ImageBaseline>(new V1Patch(patch, V1Patch.PatchType.MergePatch), baseline.Metadata.Name, cancellationToken: cancellationToken));
    }
}
