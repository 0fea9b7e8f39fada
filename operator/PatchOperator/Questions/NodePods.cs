using PatchOperator.Api;
using PatchOperator.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Questions;

/// <summary>Which pods must leave a node before it may be disturbed.</summary>
internal sealed class NodePods(IApi api, IWorld world, Evictions evictions, OperatorOptions options, TimeProvider time)
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    // Of what a pod is given to end: a kubelet may be late in saying that it has.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>From what the API server has in memory; that none is left is made sure of.</summary>
    public async Task<DrainFacts> ToEvictAsync(PodsToEvict question, CancellationToken cancellationToken)
    {
        var remaining = await ListAsync(question.Node, exactly: false, cancellationToken);
        if (remaining.Count == 0)
            remaining = await ListAsync(question.Node, exactly: true, cancellationToken);
        if (remaining.Count == 0)
            evictions.Forget(question.Node);
        return new DrainFacts(remaining);
    }

    private async Task<IReadOnlyList<PodToEvict>> ListAsync(string node, bool exactly, CancellationToken cancellationToken) =>
        [.. (await api.PodsOnNodeAsync(node, exactly, cancellationToken)).Where(MustLeave).Select(pod => Describe(node, pod))];

    // DaemonSet pods would come right back, mirror pods belong to the kubelet, and finished pods disturb nobody.
    private bool MustLeave(PodResource pod) =>
        pod.Status?.Phase is not ("Succeeded" or "Failed")
        && ($"{pod.Metadata.NamespaceProperty}/{pod.Metadata.Name}" != options.Pod || HasPlaceElsewhere(pod))
        && pod.Metadata.Annotations?.ContainsKey(MirrorAnnotation) != true
        && pod.Metadata.OwnerReferences?.Any(owner => owner is { Kind: "DaemonSet", Controller: true }) != true
        && !(pod.Metadata.Labels?.TryGetValue(ApiGroup.ManagedByLabel, out var manager) == true && manager == ApiGroup.ManagedBy);

    // Without one, nobody would be left to uncordon this node: the operator then stays, and comes back with its node.
    private bool HasPlaceElsewhere(PodResource pod) => world.Snapshot.Nodes.All.Any(node =>
        node.Name != pod.Spec?.NodeName
        && node is { Available: true, Tainted: false }
        && pod.Spec?.NodeSelector?.Any(label => node.Labels.GetValueOrDefault(label.Key) != label.Value) != true);

    private PodToEvict Describe(string node, PodResource pod)
    {
        var (answer, message) = evictions.LastAnswer(node, pod.Metadata.Uid);
        return new PodToEvict
        {
            Namespace = pod.Metadata.NamespaceProperty,
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
            Terminating = pod.Metadata.DeletionTimestamp is not null,
            // The timestamp of a deletion is when the pod must have ended, its grace included.
            Overdue = pod.Metadata.DeletionTimestamp is { } end && time.GetUtcNow() > end + Grace,
            Answer = answer,
            AnswerMessage = message,
        };
    }
}
