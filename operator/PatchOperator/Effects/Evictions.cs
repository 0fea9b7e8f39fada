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
    public Task EvictAsync(Evict effect, CancellationToken cancellationToken) => EachAsync(
        effect.Node,
        effect.Pods,
        pod => api.EvictAsync(pod.Namespace, pod.Name, pod.Uid, effect.GracePeriodSeconds, cancellationToken));

    /// <summary>Deletes each pod, whatever is said of the others, and whatever their budgets say.</summary>
    public Task DeleteAsync(DeletePods effect, CancellationToken cancellationToken) => EachAsync(
        effect.Node,
        effect.Pods,
        pod => api.DeletePodAsync(pod.Namespace, pod.Name, pod.Uid, effect.GracePeriodSeconds, cancellationToken));

    private async Task EachAsync(string node, IReadOnlyList<PodToEvict> pods, Func<PodToEvict, Task> ask)
    {
        var refused = new Dictionary<string, (EvictionAnswer, string)>();
        foreach (var pod in pods)
        {
            try
            {
                await ask(pod);
            }
            catch (HttpOperationException exception) when (Answer(exception) is var answer)
            {
                if (answer.Answer != EvictionAnswer.None)
                    refused[pod.Uid] = answer;
            }
        }

        if (refused.Count == 0)
            Forget(node);
        else
            refusals[node] = refused;
    }

    /// <summary>What would be said to the eviction of a pod.</summary>
    public async Task<(EvictionAnswer Answer, string Message)> RehearseAsync(PodToEvict pod, CancellationToken cancellationToken)
    {
        try
        {
            await api.RehearseEvictionAsync(pod.Namespace, pod.Name, pod.Uid, cancellationToken);
            return (EvictionAnswer.None, "");
        }
        // A webhook that takes no dry run is answered for with 400: nobody knows what it would say.
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.BadRequest)
        {
            return (EvictionAnswer.None, "");
        }
        catch (HttpOperationException exception)
        {
            return Answer(exception);
        }
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
