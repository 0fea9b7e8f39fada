using System.Collections.Concurrent;
using System.Net;
using k8s.Autorest;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Ports;

namespace PatchOperator.Effects;

/// <summary>Asks the API server to evict pods, and keeps what it said for the next look at the node.</summary>
internal sealed class Evictions(IApi api)
{
    // A node's refusals are replaced at each attempt, and forgotten with its last pod. A restart asks again.
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, (EvictionAnswer Answer, string Message)>> refusals = new();

    /// <summary>Asks for each pod, whatever is said of the others.</summary>
    public async Task EvictAsync(Evict effect, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<string, (EvictionAnswer, string)>();
        foreach (var pod in effect.Pods)
        {
            try
            {
                await api.EvictAsync(pod.Namespace, pod.Name, pod.Uid, cancellationToken);
            }
            catch (HttpOperationException exception) when (Answer(exception) is var answer)
            {
                if (answer.Answer != EvictionAnswer.None)
                    refused[pod.Uid] = answer;
            }
        }

        if (refused.Count == 0)
            Forget(effect.Node);
        else
            refusals[effect.Node] = refused;
    }

    /// <summary>What was last said of a pod of a node.</summary>
    public (EvictionAnswer Answer, string Message) LastAnswer(string node, string podUid) =>
        refusals.TryGetValue(node, out var refused) && refused.TryGetValue(podUid, out var answer) ? answer : (EvictionAnswer.None, "");

    /// <summary>Nothing is left to be evicted from a node.</summary>
    public void Forget(string node) => refusals.TryRemove(node, out _);

    // 404 and 409: that pod is gone, or another has its name; the next listing shows it.
    private static (EvictionAnswer Answer, string Message) Answer(HttpOperationException exception)
    {
        var words = ApiErrors.Words(exception);
        return exception.Response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Conflict => (EvictionAnswer.None, ""),
            HttpStatusCode.TooManyRequests => (EvictionAnswer.Blocked, words),
            HttpStatusCode.InternalServerError when words.Contains("more than one PodDisruptionBudget", StringComparison.Ordinal) =>
                (EvictionAnswer.Impossible, words),
            HttpStatusCode.Forbidden when words.Contains("because it is being terminated", StringComparison.Ordinal) => (EvictionAnswer.Blocked, words),
            HttpStatusCode.Forbidden => (EvictionAnswer.Impossible, words),
            _ => (EvictionAnswer.Refused, words),
        };
    }
}
