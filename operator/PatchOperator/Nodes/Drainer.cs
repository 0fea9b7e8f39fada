using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Caches.Resources;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Nodes;

/// <summary>Lists the pods that must leave a node, and asks the API server to evict them.</summary>
internal sealed class Drainer(IKubernetesClient client, EvictionApi evictionApi, ClusterCache cache, OperatorOptions options)
{
    private const int PageSize = 250;
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    // What the last eviction answered; forgotten with the pod. A restart asks again.
    private readonly ConcurrentDictionary<string, (EvictionAnswer Answer, string Message)> answers = new();

    public async Task<DrainFacts> FactsAsync(string node, CancellationToken cancellationToken)
    {
        using var all = new GenericClient(client.ApiClient, V1Pod.KubeApiVersion, V1Pod.KubePluralName, disposeClient: false);
        var pods = new List<PodToEvict>();
        string? next = null;
        do
        {
            var page = await all.ListAsync<EntityList<PodResource>>(
                fieldSelector: $"spec.nodeName={node}", limit: PageSize, continueToken: next, cancel: cancellationToken);
            pods.AddRange(page.Items.Where(MustLeave).Select(Describe));
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
        return new DrainFacts(pods);
    }

    /// <summary>Asks for each pod once; what was answered shows in the next <see cref="FactsAsync"/>.</summary>
    public async Task EvictAsync(IReadOnlyList<PodToEvict> pods, CancellationToken cancellationToken)
    {
        var apiVersion = await evictionApi.VersionAsync(cancellationToken);
        foreach (var pod in pods)
        {
            try
            {
                await client.ApiClient.CoreV1.CreateNamespacedPodEvictionAsync(Eviction(pod, apiVersion), pod.Name, pod.Namespace, cancellationToken: cancellationToken);
                answers.TryRemove(pod.Uid, out _);
            }
            catch (HttpOperationException exception) when (Answer(exception) is { } answer)
            {
                answers[pod.Uid] = answer;
            }
        }
    }

    // DaemonSet pods would come right back, mirror pods belong to the kubelet, and finished pods disturb nobody.
    private bool MustLeave(PodResource pod) =>
        pod.Status?.Phase is not ("Succeeded" or "Failed")
        && ($"{pod.Metadata.NamespaceProperty}/{pod.Metadata.Name}" != options.Pod || HasPlaceElsewhere(pod))
        && pod.Metadata.Annotations?.ContainsKey(MirrorAnnotation) != true
        && pod.Metadata.OwnerReferences?.Any(owner => owner is { Kind: "DaemonSet", Controller: true }) != true
        && !(pod.Metadata.Labels?.TryGetValue(ApiGroup.ManagedByLabel, out var manager) == true && manager == ApiGroup.ManagedBy);

    // Without one, nobody would be left to uncordon this node: the operator then stays, and comes back with its node.
    private bool HasPlaceElsewhere(PodResource pod) => cache.Nodes.Items.Any(node =>
        node.Name != pod.Spec?.NodeName
        && node is { Available: true, Tainted: false }
        && pod.Spec?.NodeSelector?.Any(label => node.Labels.GetValueOrDefault(label.Key) != label.Value) != true);

    private PodToEvict Describe(PodResource pod)
    {
        var (answer, message) = answers.GetValueOrDefault(pod.Metadata.Uid);
        return new PodToEvict
        {
            Namespace = pod.Metadata.NamespaceProperty,
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
            Terminating = pod.Metadata.DeletionTimestamp is not null,
            Answer = answer,
            AnswerMessage = message ?? "",
        };
    }

    private static V1Eviction Eviction(PodToEvict pod, string apiVersion) => new()
    {
        ApiVersion = apiVersion,
        Kind = "Eviction",
        Metadata = new V1ObjectMeta { Name = pod.Name, NamespaceProperty = pod.Namespace },
        DeleteOptions = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = pod.Uid } },
    };

    // 404 and 409: that pod is gone, or another has its name; the next listing shows it. Anything not named here is a failure of the call.
    private static (EvictionAnswer, string)? Answer(HttpOperationException exception)
    {
        var words = Words(exception.Response.Content);
        return exception.Response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Conflict => (EvictionAnswer.None, ""),
            HttpStatusCode.TooManyRequests => (EvictionAnswer.Blocked, words),
            HttpStatusCode.InternalServerError when words.Contains("more than one PodDisruptionBudget", StringComparison.Ordinal) => (EvictionAnswer.Impossible, words),
            HttpStatusCode.Forbidden when words.Contains("because it is being terminated", StringComparison.Ordinal) => (EvictionAnswer.Blocked, words),
            HttpStatusCode.Forbidden => (EvictionAnswer.Impossible, words),
            _ => null,
        };
    }

    // The causes name the budget; the message alone does not.
    private static string Words(string? content)
    {
        try
        {
            var status = KubernetesJson.Deserialize<V1Status>(content ?? "{}");
            var causes = status.Details?.Causes?.Select(cause => cause.Message).Where(message => !string.IsNullOrEmpty(message)).ToList() ?? [];
            return causes.Count > 0 ? string.Join("; ", causes) : status.Message ?? "";
        }
        catch (JsonException)
        {
            return content ?? "";
        }
    }
}
