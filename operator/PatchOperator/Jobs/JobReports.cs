using System.Collections.Concurrent;
using System.Net;
using k8s.Autorest;
using PatchOperator.Contract;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Jobs;

/// <summary>
/// Reads the report of a finished Job: the log checked against the termination message or, where the log is gone, the summary alone. For a container of a
/// policy's own its exit code speaks.
/// </summary>
internal sealed class JobReports(IApi api, IWorld world, OperatorOptions options, ILogger<JobReports> logger)
{
    private const int LogAttempts = 3;
    private const int Remembered = 2000;

    // Of bytes: many times the longest report, and nothing that a node could fill our memory with. What is cut is no valid report.
    private const int LongestLog = 8 << 20;

    private readonly ConcurrentDictionary<string, StepReport?> known = new();
    private readonly ConcurrentDictionary<string, int> failedReads = new();

    /// <summary>The report, or null when the Job left none that is valid.</summary>
    /// <exception cref="HttpRequestException">The log could not be read this time; try again.</exception>
    public async Task<StepReport?> ReadAsync(JobRecord job, CancellationToken cancellationToken)
    {
        // One that was ended by its deadline has said nothing that counts.
        if (job.Hook is not null && (job.TimedOut || job.Succeeded))
            return HookReports.Of(job);
        if (known.TryGetValue(job.Uid, out var report))
            return report;
        report = await FetchAsync(job, cancellationToken);
        if (known.Count > Remembered)
            known.Clear();
        failedReads.TryRemove(job.Uid, out _);
        return known[job.Uid] = report;
    }

    // The pod is read live, by the name that the cache has for it: the cache may not have heard yet how it ended. Listing pods by a label costs the API
    // server all of them, so that is for a cache that knows of no pod that has reported.
    private async Task<StepReport?> FetchAsync(JobRecord job, CancellationToken cancellationToken)
    {
        foreach (var known in world.Snapshot.Pods.By(job.Name).ToList())
            if (await api.GetAsync<PodResource>(known.Name, options.JobNamespace, cancellationToken) is { } pod
                && await ReadAsync(job, pod, cancellationToken) is { } report)
                return report;
        foreach (var pod in await api.PodsOfJobAsync(job.Name, cancellationToken))
            if (await ReadAsync(job, pod, cancellationToken) is { } report)
                return report;
        return null;
    }

    private async Task<StepReport?> ReadAsync(JobRecord job, PodResource pod, CancellationToken cancellationToken)
    {
        if (job.Hook is not null)
            return HookReports.Of(job, pod);
        var terminated = (pod.Status?.ContainerStatuses is [var agent, ..] ? agent.State : null)?.Terminated;
        if (ReportFormat.ReadSummary(terminated?.Message) is not { } summary || (int)summary.Result != terminated!.ExitCode)
            return null;
        // An agent that cannot read its request does not know its step.
        if (job.Step is { } step && summary.Reason != AgentReasons.InvalidRequest
            && !step.Equals(summary.Step.ToString(), StringComparison.OrdinalIgnoreCase))
            return StepReports.Refused($"the summary of the Job {job.Name}, in the termination message of its pod, is of the step {summary.Step}");
        var (report, fault) = ReportFormat.Read(await LogAsync(job, pod.Metadata.Name, cancellationToken), summary);
        if (fault == ReportFault.Altered)
            return StepReports.Refused(
                $"the report in the log of the Job {job.Name} is not the one that its summary, in the pod's termination message, speaks of");
        if (fault == ReportFault.Cut)
            logger.LogWarning("The report in the log of Job {Job} was cut; going by its summary", job.Name);
        return StepReports.From(summary, report);
    }

    private async Task<string?> LogAsync(JobRecord job, string pod, CancellationToken cancellationToken)
    {
        try
        {
            return await api.LogAsync(pod, "agent", LongestLog, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            logger.LogWarning("The log of Job {Job} is gone; going by its summary", job.Name);
            return null;
        }
        catch (Exception exception) when ((exception is HttpOperationException or HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            && failedReads.AddOrUpdate(job.Uid, 1, (_, count) => count + 1) >= LogAttempts)
        {
            logger.LogWarning("The log of Job {Job} cannot be read: {Problem}; going by its summary", job.Name, exception.Message);
            return null;
        }
    }
}
