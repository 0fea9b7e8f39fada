using System.Collections.Concurrent;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract.Images;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Jobs;

/// <summary>
/// Reads how the containers of a finished Job ended, from exit codes and termination messages alone: a log is for people, and a builder may print there what it
/// likes.
/// </summary>
internal sealed class ImageJobReports(IApi api)
{
    private const int Remembered = 500;

    private readonly ConcurrentDictionary<string, ImageJobReport?> known = new();

    /// <summary>The report, or null when nothing valid is left of the Job.</summary>
    public async Task<ImageJobReport?> ReadAsync(JobRecord job, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(job.Uid, out var report))
            return report;
        // The pod is read live: the cache may not have heard yet how it ended.
        var pods = await api.PodsOfJobAsync(job.Name, cancellationToken);
        report = pods.OrderByDescending(pod => pod.Metadata.CreationTimestamp).Select(Of).FirstOrDefault(found => found is not null);
        if (known.Count > Remembered)
            known.Clear();
        return known[job.Uid] = report;
    }

    /// <summary>What one pod says; null while, or if, it says nothing.</summary>
    internal static ImageJobReport? Of(PodResource pod)
    {
        foreach (var container in (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []))
        {
            if (container.State?.Terminated is not { } end)
                return null;
            if (end.ExitCode != ImageExitCodes.Done)
                return Failed(container.Name ?? "", end);
            if (container.Name == ImageJobFactory.ReportContainer)
                return ImageResults.Read(end.Message) is { Image: { } image } result ? Done(result, image) : null;
        }

        return null;
    }

    private static ImageJobReport Failed(string step, V1ContainerStateTerminated end)
    {
        var result = ImageResults.Read(end.Message);
        // A registry's credentials are mended in a Secret, which no change of the spec tells of.
        var passes = end.ExitCode is ImageExitCodes.TryAgain or ImageExitCodes.Fault or >= 128 || result?.Reason == ImageReasons.RegistryDenied;
        return new ImageJobReport
        {
            End = passes ? ImageJobEnd.TryAgain : ImageJobEnd.BadRecipe,
            Step = step,
            Reason = result?.Reason ?? (end.ExitCode >= 128 ? Reasons.ReportMissing : ImageReasons.RecipeFailed),
            Message = result?.Message ?? Words(end),
            Tests = Tests(result),
        };
    }

    // A custom builder's own words, or what the kubelet knows.
    private static string Words(V1ContainerStateTerminated end)
    {
        var kubelet = string.IsNullOrEmpty(end.Reason) || end.Reason == "Error" ? "" : $" ({end.Reason})";
        return string.IsNullOrWhiteSpace(end.Message)
            ? $"the container ended with exit code {end.ExitCode}{kubelet}"
            : $"exit code {end.ExitCode}{kubelet}: {end.Message.Trim()}";
    }

    private static ImageJobReport Done(ImageResult result, ImageFacts image) => new()
    {
        End = ImageJobEnd.Done,
        Step = ImageJobFactory.ReportContainer,
        Reason = result.Reason,
        Message = result.Message,
        Digest = image.Digest,
        Version = image.Version,
        PatchLevel = result.Findings?.PatchLevel,
        Packages = result.Findings?.Packages,
        Pending = result.Findings is { } found ? Count(found) : null,
        PendingNames = result.Findings?.PendingNames ?? [],
        BlockedNames = result.Findings?.BlockedNames ?? [],
        Incomplete = result.Findings?.Incomplete,
        IncompleteNames = result.Findings?.IncompleteNames ?? [],
        // A run that patched two systems has two entries; an image is of one of them.
        Expected = (result.Findings?.Expected ?? []).GroupBy(missing => missing.Run).ToDictionary(
            run => run.Key,
            run => (run.Sum(missing => missing.Missing), (IReadOnlyList<string>)[.. run.SelectMany(missing => missing.Names)])),
        Tests = Tests(result),
    };

    private static PendingCount Count(ImageFindings found) => new()
    {
        Security = found.PendingSecurity,
        Total = found.PendingTotal,
        Held = found.Held,
        Blocked = found.Blocked,
        BlockedSecurity = found.BlockedSecurity,
    };

    private static List<ImageTestResult> Tests(ImageResult? result) =>
        [
            .. (result?.Tests ?? []).Select(
                test => new ImageTestResult { Name = test.Name, Passed = test.Passed, Message = string.IsNullOrEmpty(test.Message) ? null : test.Message }),
        ];
}
