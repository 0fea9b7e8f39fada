using System.Net;
using k8s.Autorest;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Jobs;
using PatchOperator.Ports;
using PatchOperator.Registry;

namespace PatchOperator.Effects;

/// <summary>Carries out effects. Each kind of effect has a line here.</summary>
internal sealed class EffectHandlers
{
    // Each is a request of its own: many nodes are admitted, or tracked, by one decision.
    private readonly int atOnce;
    private readonly Dictionary<Type, Func<Effect, CancellationToken, Task>> handlers = [];

    public EffectHandlers(
        Cordons cordons, Evictions evictions, OwnObjects objects, NodeJobs nodeJobs, ImageJobs imageJobs, IRegistries registries, int atOnce = 16)
    {
        this.atOnce = atOnce;
        On<Cordon>(cordons.CordonAsync);
        On<Uncordon>(cordons.UncordonAsync);
        On<Announce>(cordons.AnnounceAsync);
        On<Unannounce>(cordons.UnannounceAsync);
        On<Quarantine>(cordons.QuarantineAsync);
        On<LiftQuarantine>(cordons.LiftQuarantineAsync);
        On<Evict>(evictions.EvictAsync);
        On<DeletePods>(evictions.DeleteAsync);
        On<CreateJob>(nodeJobs.CreateAsync);
        On<CreateHookJob>(nodeJobs.CreateAsync);
        On<DeleteJob>(nodeJobs.DeleteAsync);
        On<CreateImageJob>(imageJobs.CreateAsync);
        On<SetOperation>(objects.SetOperationAsync);
        On<CreateNodePatch>(objects.CreateNodePatchAsync);
        On<DeleteNodePatch>(objects.DeleteNodePatchAsync);
        On<CreatePlan>(objects.CreatePlanAsync);
        On<DeletePlan>(objects.DeletePlanAsync);
        On<CreateRun>(objects.CreateRunAsync);
        On<BindRun>(objects.BindRunAsync);
        On<DeleteRun>(objects.DeleteRunAsync);
        On<WriteRecords>(objects.WriteRecordsAsync);
        On<RemoveAnnotations>(objects.RemoveAnnotationsAsync);
        On<PutTag>(registries.TagAsync);
        On<DeleteImage>(registries.DeleteAsync);
    }

    /// <summary>Applies effects in order, neighbours of one kind at the same time; stops behind the first kind of which an essential one was refused.</summary>
    /// <returns>What was refused.</returns>
    public async Task<IReadOnlyList<Refusal>> ApplyAsync(IEnumerable<Effect> effects, CancellationToken cancellationToken)
    {
        var refused = new List<Refusal>();
        foreach (var neighbours in Neighbours(effects))
        {
            if (neighbours.Count == 1)
                await ApplyAsync(neighbours[0], refused, cancellationToken);
            else
                await Parallel.ForEachAsync(
                    neighbours,
                    new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
                    async (effect, token) => await ApplyAsync(effect, refused, token));
            if (refused.Any(refusal => !refusal.What!.IsOptional))
                break;
        }

        return refused;
    }

    private async Task ApplyAsync(Effect effect, List<Refusal> refused, CancellationToken cancellationToken)
    {
        string message;
        try
        {
            await handlers[effect.GetType()](effect, cancellationToken);
            return;
        }
        catch (HttpOperationException exception) when (ApiErrors.IsRefusal(exception) || IsWithoutNamespace(effect, exception))
        {
            message = $"the API server refused to {effect.Words}: {ApiErrors.Words(exception)}";
        }
        catch (RegistryException exception)
        {
            message = $"the registry refused to {effect.Words}: {exception.Message}";
        }

        lock (refused)
            refused.Add(new Refusal(effect, message));
    }

    // What is made cannot be gone: its namespace is, and nobody but a person makes that again.
    private static bool IsWithoutNamespace(Effect effect, HttpOperationException exception) =>
        effect is CreateJob or CreateHookJob or CreateImageJob && exception.Response.StatusCode == HttpStatusCode.NotFound;

    private static List<List<Effect>> Neighbours(IEnumerable<Effect> effects)
    {
        var groups = new List<List<Effect>>();
        foreach (var effect in effects)
        {
            if (groups.Count == 0 || groups[^1][0].GetType() != effect.GetType())
                groups.Add([]);
            groups[^1].Add(effect);
        }

        return groups;
    }

    private void On<TEffect>(Func<TEffect, CancellationToken, Task> apply)
        where TEffect : Effect => handlers.Add(typeof(TEffect), (effect, cancellationToken) => apply((TEffect)effect, cancellationToken));
}
