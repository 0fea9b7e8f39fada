using System.Collections.Concurrent;
using System.Net;
using k8s;
using k8s.Autorest;
using KubeOps.KubernetesClient;
using PatchOperator.Contract;
using PatchOperator.Caches;
using PatchOperator.Caches.Resources;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Jobs;

/// <summary>Reads the report of a finished Job: the log checked against the termination message or, where the log is gone, the summary alone.</summary>
internal sealed class JobReports(IKubernetesClient client, OperatorOptions options, ILogger<JobReports> logger)
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
        if (known.TryGetValue(job.Uid, out var report))
            return report;
        report = await FetchAsync(job, cancellationToken);
        if (known.Count > Remembered)
            known.Clear();
        failedReads.TryRemove(job.Uid, out _);
        return known[job.Uid] = report;
    }

    // The pod is read live: the cache may not have heard yet how it ended.
    private async Task<StepReport?> FetchAsync(JobRecord job, CancellationToken cancellationToken)
    {
        foreach (var pod in await client.ListAsync<PodResource>(options.JobNamespace, labelSelector: $"job-name={job.Name}", cancellationToken: cancellationToken))
        {
            var terminated = (pod.Status?.ContainerStatuses is [var agent, ..] ? agent.State : null)?.Terminated;
            if (ReportFormat.ReadSummary(terminated?.Message) is not { } summary || (int)summary.Result != terminated!.ExitCode)
                continue;
            var log = await LogAsync(job, pod.Metadata.Name, cancellationToken);
            return StepReports.From(summary, ReportFormat.ReadReport(log, summary));
        }

        return null;
    }

    private async Task<string?> LogAsync(JobRecord job, string pod, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(pod, options.JobNamespace, container: "agent", limitBytes: LongestLog, cancellationToken: cancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            logger.LogWarning("The log of Job {Job} is gone; going by its summary", job.Name);
            return null;
        }
        catch (Exception exception) when ((exception is HttpOperationException or HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            && failedReads.AddOrUpdate(job.Uid, 1, (_, count) => count + 1) >= LogAttempts)
        {
            logger.LogWarning("The log of Job {Job} cannot be read: {Problem}; going by its summary", job.Name, exception.Message);
            return null;
        }
    }
}
