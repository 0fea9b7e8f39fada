using System.Text.Json;
using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Effects;

/// <summary>
/// Cordons nodes, and undoes it. The mark and the cordon are one write, on the Node as it was read just now: a cordon that somebody else set in
/// between is never taken for ours.
/// </summary>
internal sealed class Cordons(IApi api)
{
    public async Task CordonAsync(Cordon effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is { Spec: not { Unschedulable: true } } live)
            await WriteAsync(live, unschedulable: true, cordonedBy: effect.Run, cancellationToken);
    }

    public async Task UncordonAsync(Uncordon effect, CancellationToken cancellationToken)
    {
        if (await LiveAsync(effect.Node, cancellationToken) is { } live && live.Metadata.Annotations?.ContainsKey(ApiGroup.CordonedByAnnotation) == true)
            await WriteAsync(live, unschedulable: null, cordonedBy: null, cancellationToken);
    }

    private async Task<NodeResource?> LiveAsync(NodeKey node, CancellationToken cancellationToken) =>
        await api.GetAsync<NodeResource>(node.Name, null, cancellationToken) is { } live && live.Metadata.Uid == node.Uid ? live : null;

    private Task<NodeResource> WriteAsync(NodeResource live, bool? unschedulable, string? cordonedBy, CancellationToken cancellationToken)
    {
        var annotations = new Dictionary<string, string?> { [ApiGroup.CordonedByAnnotation] = cordonedBy };
        var patch = new { metadata = new { resourceVersion = live.Metadata.ResourceVersion, annotations }, spec = new { unschedulable } };
        return api.PatchAsync<NodeResource>(live.Metadata.Name, JsonSerializer.Serialize(patch), cancellationToken);
    }
}
