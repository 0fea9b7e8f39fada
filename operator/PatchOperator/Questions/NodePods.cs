using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Effects;
using PatchOperator.Engine.Drains;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.Selection;
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
        var remaining = await ListAsync(question.Node, question.Ignored, exactly: false, cancellationToken);
        if (remaining.Count == 0)
            remaining = await ListAsync(question.Node, question.Ignored, exactly: true, cancellationToken);
        if (remaining.Count == 0)
            evictions.Forget(question.Node);
        return new DrainFacts(remaining);
    }

    /// <summary>Up to the first pod that may not go.</summary>
    public async Task<DrainFacts> RehearseAsync(RehearsalOfDrain question, CancellationToken cancellationToken)
    {
        var (settings, pods) = (question.Settings, new List<PodToEvict>());
        foreach (var pod in (await ListAsync(question.Node, settings.IgnorePodSelector, exactly: false, cancellationToken)).Where(pod => !pod.Terminating)
            .OrderByDescending(pod => Blockers.Keeps(settings, pod)))
        {
            var asks = Blockers.AreAsked(settings) && !Blockers.Keeps(settings, pod);
            var (answer, message) = asks ? await evictions.RehearseAsync(pod, cancellationToken) : (EvictionAnswer.None, "");
            pods.Add(pod with { Answer = answer, AnswerMessage = message });
            if (answer != EvictionAnswer.None || Blockers.Keeps(settings, pod))
                break;
        }

        return new DrainFacts(pods);
    }

    private async Task<IReadOnlyList<PodToEvict>> ListAsync(string node, V1LabelSelector? ignored, bool exactly, CancellationToken cancellationToken) =>
    [
        .. (await api.PodsOnNodeAsync(node, exactly, cancellationToken))
            .Where(pod => MustLeave(pod) && !LabelSelectors.Matches(ignored, LabelsOf(pod)))
            .Select(pod => Describe(node, pod)),
    ];

    private static Dictionary<string, string> LabelsOf(PodResource pod) => pod.Metadata.Labels?.ToDictionary() ?? [];

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
            Managed = pod.Metadata.OwnerReferences?.Any(owner => owner.Controller == true) == true,
            HasEmptyDir = pod.Spec?.Volumes?.Any(volume => volume.EmptyDir is not null) == true,
            Priority = pod.Spec?.Priority ?? 0,
            Answer = answer,
            AnswerMessage = message,
        };
    }
}
