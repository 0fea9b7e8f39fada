using k8s.Autorest;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;

namespace PatchOperator.Jobs;

/// <summary>
/// Finds out why Kubernetes cannot make the pod of a Job, as where a ServiceAccount is missing, a quota is used up, or a webhook refuses pods: nothing but the
/// events of the Job tells.
/// </summary>
internal sealed class JobProblems(IApi api)
{
    /// <summary>In words; null when a pod was made, or nothing tells of it.</summary>
    public async Task<string?> ReadAsync(ProblemOfJob question, CancellationToken cancellationToken)
    {
        try
        {
            var events = await api.EventsOfJobAsync(question.Uid, cancellationToken);
            return events.Any(happened => happened.Reason == "SuccessfulCreate")
                ? null
                : events.Where(happened => happened.Reason == "FailedCreate").MaxBy(happened => happened.LastTimestamp)?.Message;
        }
        catch (HttpOperationException exception) when (ApiErrors.IsRefusal(exception))
        {
            // No decision is held up by it.
            return $"it has no pod, and its events cannot be read: {ApiErrors.Words(exception)}";
        }
    }
}
