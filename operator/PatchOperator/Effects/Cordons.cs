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
/// Cordons nodes, and undoes it; taints those that come next. The mark and the cordon are one write, on the Node as it was read just now: a cordon that
/// somebody else set in between is never taken for ours, and no taint of others is lost.
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
        if (IsTainted(live))
            spec["taints"] = Taints(live, null);
        await WriteAsync(live, Marked(null), spec, cancellationToken);
    }

    public async Task AnnounceAsync(Announce effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is { } live && !IsTainted(live))
            await WriteAsync(live, null, new JsonObject { ["taints"] = Taints(live, effect.Run) }, cancellationToken);
    }

    public async Task UnannounceAsync(Unannounce effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is { } live && IsTainted(live))
            await WriteAsync(live, null, new JsonObject { ["taints"] = Taints(live, null) }, cancellationToken);
    }

    private async Task<bool> IsHeldAsync(NodeKey node, CancellationToken cancellationToken) =>
        await api.GetAsync<NodePatch>(node.Name, null, cancellationToken) is not { } patch || Slots.IsHeld(patch.Spec, patch.Status);

    private async Task<NodeResource?> LiveAsync(NodeKey node, CancellationToken cancellationToken) =>
        await api.GetAsync<NodeResource>(node.Name, null, cancellationToken) is { } live && live.Metadata.Uid == node.Uid ? live : null;

    private static bool IsTainted(NodeResource live) => live.Spec?.Taints?.Any(taint => taint.Key == ApiGroup.PatchingTaint) == true;

    private static JsonObject Marked(string? run) => new() { [ApiGroup.CordonedByAnnotation] = run };

    // A list is replaced as a whole; null where none is left.
    private static JsonArray? Taints(NodeResource live, string? run)
    {
        var taints = (live.Spec?.Taints ?? []).Where(taint => taint.Key != ApiGroup.PatchingTaint);
        if (run is not null)
            taints = taints.Append(new V1Taint { Key = ApiGroup.PatchingTaint, Value = run, Effect = "PreferNoSchedule" });
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
