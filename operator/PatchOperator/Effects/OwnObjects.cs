using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Specs;
using PatchOperator.Ports;

namespace PatchOperator.Effects;

/// <summary>Writes objects of our own kinds.</summary>
internal sealed class OwnObjects(IApi api, IWorld world)
{
    // Reservations of which no answer came: whether they were made is to be known before there is another, as the runs of a policy share one budget.
    private readonly ConcurrentDictionary<string, bool> unanswered = new();

    /// <summary>At the version that is known: two decisions cannot both take the slot.</summary>
    public async Task SetOperationAsync(SetOperation effect, CancellationToken cancellationToken)
    {
        // Of one run there is one operation for a node.
        if (world.Snapshot.NodePatches[effect.Node] is not { } patch || patch.Spec.Operation?.RunUid == effect.Operation?.RunUid)
            return;
        if (effect.Operation is not null)
            await KnowAsync(cancellationToken);
        try
        {
            await api.UpdateAsync(
                new NodePatch { Metadata = patch.Metadata, Spec = patch.Spec with { Operation = effect.Operation }, Status = patch.Status }, cancellationToken);
        }
        catch (Exception exception) when (exception is not (HttpOperationException or LeaseOverException))
        {
            unanswered[effect.Node] = true;
            throw;
        }
    }

    // What was decided without knowing them is decided again.
    private async Task KnowAsync(CancellationToken cancellationToken)
    {
        var asked = unanswered.Keys.ToList();
        foreach (var node in asked)
        {
            await api.GetAsync<NodePatch>(node, null, cancellationToken);
            unanswered.TryRemove(node, out _);
        }

        if (asked.Count == 0)
            return;
        using var response = new HttpResponseMessage(HttpStatusCode.Conflict);
        throw new HttpOperationException("reservations of which no answer came were looked for first")
        {
            Response = new HttpResponseMessageWrapper(response, ""),
        };
    }

    public Task CreateNodePatchAsync(CreateNodePatch effect, CancellationToken cancellationToken) => CreateAsync(
        new NodePatch
        {
            Metadata = new V1ObjectMeta
            {
                Name = effect.Node.Name,
                Finalizers = [Finalizers.NodePatch],
                Labels = new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy },
                OwnerReferences =
                    [new V1OwnerReference { ApiVersion = V1Node.KubeApiVersion, Kind = V1Node.KubeKind, Name = effect.Node.Name, Uid = effect.Node.Uid }],
            },
            Spec = new NodePatchSpec { NodeName = effect.Node.Name },
        },
        cancellationToken);

    public Task DeleteNodePatchAsync(DeleteNodePatch effect, CancellationToken cancellationToken) =>
        api.DeleteAsync<NodePatch>(effect.Name, null, cancellationToken);

    public Task CreatePlanAsync(CreatePlan effect, CancellationToken cancellationToken) => CreateAsync(
        new PatchPlan { Metadata = OwnedByPolicy(effect.Name, effect.Plan.Policy), Spec = effect.Plan }, cancellationToken);

    public Task DeletePlanAsync(DeletePlan effect, CancellationToken cancellationToken) => api.DeleteAsync<PatchPlan>(effect.Name, null, cancellationToken);

    public Task CreateRunAsync(CreateRun effect, CancellationToken cancellationToken)
    {
        var metadata = OwnedByPolicy(effect.Name, effect.Run.Policy);
        metadata.Finalizers = [Finalizers.PatchRun];
        return CreateAsync(new PatchRun { Metadata = metadata, Spec = effect.Run }, cancellationToken);
    }

    /// <summary>At the version that is known; what the person has written besides stays.</summary>
    public async Task BindRunAsync(BindRun effect, CancellationToken cancellationToken)
    {
        if (world.Snapshot.Runs[effect.Name] is not { Spec.Planned: null } run)
            return;
        // What a cache has is never written to.
        var (ours, metadata) = (OwnedByPolicy(effect.Name, effect.Policy), KubernetesJson.Deserialize<V1ObjectMeta>(KubernetesJson.Serialize(run.Metadata)));
        metadata.Labels = (metadata.Labels ?? new Dictionary<string, string>()).Concat(ours.Labels).DistinctBy(label => label.Key).ToDictionary();
        metadata.OwnerReferences = [.. (metadata.OwnerReferences ?? []).Where(owner => owner.Uid != effect.Policy.Uid), .. ours.OwnerReferences];
        await api.UpdateAsync(
            new PatchRun { Metadata = metadata, Spec = run.Spec with { Policy = effect.Policy, Plan = effect.Plan }, Status = run.Status }, cancellationToken);
    }

    public Task DeleteRunAsync(DeleteRun effect, CancellationToken cancellationToken) => api.DeleteAsync<PatchRun>(effect.Name, null, cancellationToken);

    public async Task WriteRecordsAsync(WriteRecords effect, CancellationToken cancellationToken)
    {
        foreach (var record in effect.Records)
        {
            try
            {
                await (record.Metadata.ResourceVersion is null ? api.CreateAsync(record, cancellationToken) : api.UpdateAsync(record, cancellationToken));
            }
            catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
            {
                // Either the answer was lost, or somebody else has written: then what is there counts, and what is left to write is decided again.
                var there = await api.GetAsync<PatchRecord>(record.Metadata.Name, null, cancellationToken);
                if (there is null || CanonicalJson.Of(there.Spec) != CanonicalJson.Of(record.Spec))
                    throw;
            }
        }
    }

    public Task RemoveAnnotationsAsync(RemoveAnnotations effect, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject
        {
            ["annotations"] = new JsonObject(effect.Annotations.Select(name => KeyValuePair.Create(name, (JsonNode?)null))),
        };
        if (effect.Version is { } version)
            metadata["resourceVersion"] = version;
        var patch = new JsonObject { ["metadata"] = metadata }.ToJsonString();
        return effect.Kind switch
        {
            PatchRun.KindName => api.PatchAsync<PatchRun>(effect.Name, patch, cancellationToken),
            PatchPolicy.KindName => api.PatchAsync<PatchPolicy>(effect.Name, patch, cancellationToken),
            _ => api.PatchAsync<ImageBaseline>(effect.Name, patch, cancellationToken),
        };
    }

    private static V1ObjectMeta OwnedByPolicy(string name, PolicyReference policy) => new()
    {
        Name = name,
        Labels = new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy, [ApiGroup.PolicyLabel] = policy.Name },
        OwnerReferences =
            [new V1OwnerReference { ApiVersion = ApiGroup.GroupVersion, Kind = PatchPolicy.KindName, Name = policy.Name, Uid = policy.Uid, Controller = true }],
    };

    // The name says what it is: one that exists already is the same.
    private async Task CreateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await api.CreateAsync(entity, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            await api.GetAsync<TEntity>(entity.Metadata.Name, null, cancellationToken);
        }
    }
}
