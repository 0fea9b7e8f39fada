using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Effects;

/// <summary>
/// Cordons nodes, and undoes it; taints those that come next, and those that fell behind. The mark and the cordon are one write, on the Node as it was read
/// just now: a cordon that somebody else set in between is never taken for ours, and no taint of others is lost.
/// </summary>
internal sealed class Cordons(IApi api)
{
    public async Task CordonAsync(Cordon effect, CancellationToken cancellationToken)
    {
        // Another leader may have ended the turn and uncordoned the node a moment ago: it must not be cordoned once more.
        if (await LiveAsync(effect.Node, cancellationToken) is { Spec: not { Unschedulable: true } } live && await IsHeldAsync(effect.Node, cancellationToken))
            await WriteAsync(live, Marked(effect.Run), new JsonObject { ["unschedulable"] = true }, cancellationToken);
    }

    /// <summary>Our taint goes with the cordon, if it is there.</summary>
    public async Task UncordonAsync(Uncordon effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is not { } live || live.Metadata.Annotations?.ContainsKey(ApiGroup.CordonedByAnnotation) != true)
            return;
        var spec = new JsonObject { ["unschedulable"] = null };
        if (IsTainted(live, ApiGroup.PatchingTaint))
            spec["taints"] = Taints(live, ApiGroup.PatchingTaint, null);
        await WriteAsync(live, Marked(null), spec, cancellationToken);
    }

    public async Task AnnounceAsync(Announce effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is { } live && !IsTainted(live, ApiGroup.PatchingTaint))
            await TaintAsync(live, ApiGroup.PatchingTaint, new V1Taint { Value = effect.Run, Effect = "PreferNoSchedule" }, cancellationToken);
    }

    public async Task UnannounceAsync(Unannounce effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is { } live && IsTainted(live, ApiGroup.PatchingTaint))
            await TaintAsync(live, ApiGroup.PatchingTaint, null, cancellationToken);
    }

    public async Task QuarantineAsync(Quarantine effect, CancellationToken cancellationToken)
    {
        // Another leader may have found it verified a moment ago.
        if (await LiveAsync(effect.Node, cancellationToken) is { } live && !IsTainted(live, ApiGroup.UnpatchedTaint)
            && await api.GetAsync<NodePatch>(effect.Node.Name, null, cancellationToken) is { Status.Quarantine.ReleasedAt: null })
            await TaintAsync(live, ApiGroup.UnpatchedTaint, new V1Taint { Value = effect.Policy, Effect = "NoSchedule" }, cancellationToken);
    }

    public async Task LiftQuarantineAsync(LiftQuarantine effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is not { } live
            || live.Spec?.Taints?.FirstOrDefault(taint => taint.Key == ApiGroup.UnpatchedTaint) is not { } taint)
            return;
        // Another leader may have found it fallen behind again.
        if (effect.IsUnwanted ? !string.IsNullOrEmpty(taint.Value) : await IsReleasedAsync(effect.Node, cancellationToken))
            await TaintAsync(live, ApiGroup.UnpatchedTaint, null, cancellationToken);
    }

    private async Task<bool> IsReleasedAsync(NodeKey node, CancellationToken cancellationToken) =>
        await api.GetAsync<NodePatch>(node.Name, null, cancellationToken) is { Status.Quarantine: null or { ReleasedAt: not null } };

    private async Task<bool> IsHeldAsync(NodeKey node, CancellationToken cancellationToken) =>
        await api.GetAsync<NodePatch>(node.Name, null, cancellationToken) is not { } patch || Slots.IsHeld(patch.Spec, patch.Status);

    private async Task<NodeResource?> LiveAsync(NodeKey node, CancellationToken cancellationToken) =>
        await api.GetAsync<NodeResource>(node.Name, null, cancellationToken) is { } live && live.Metadata.Uid == node.Uid ? live : null;

    private static bool IsTainted(NodeResource live, string key) => live.Spec?.Taints?.Any(taint => taint.Key == key) == true;

    private static JsonObject Marked(string? run) => new() { [ApiGroup.CordonedByAnnotation] = run };

    private Task<NodeResource> TaintAsync(NodeResource live, string key, V1Taint? taint, CancellationToken cancellationToken) =>
        WriteAsync(live, null, new JsonObject { ["taints"] = Taints(live, key, taint) }, cancellationToken);

    // A list is replaced as a whole; null where none is left.
    private static JsonArray? Taints(NodeResource live, string key, V1Taint? ours)
    {
        var taints = (live.Spec?.Taints ?? []).Where(taint => taint.Key != key);
        if (ours is not null)
            taints = taints.Append(new V1Taint { Key = key, Value = ours.Value, Effect = ours.Effect });
        var all = taints.Select(taint => JsonNode.Parse(KubernetesJson.Serialize(taint))).ToArray();
        return all.Length == 0 ? null : new JsonArray(all);
    }

    private Task<NodeResource> WriteAsync(NodeResource live, JsonObject? annotations, JsonObject spec, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject { ["resourceVersion"] = live.Metadata.ResourceVersion };
        if (annotations is not null)
            metadata["annotations"] = annotations;
        return api.PatchAsync<NodeResource>(
            live.Metadata.Name, new JsonObject { ["metadata"] = metadata, ["spec"] = spec }.ToJsonString(), cancellationToken);
    }
}
