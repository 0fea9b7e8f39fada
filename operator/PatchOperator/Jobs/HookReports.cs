using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;
using PatchOperator.Resources;

namespace PatchOperator.Jobs;

/// <summary>How the Job of a hook or a health check has ended, in the engine's terms: by its exit code, and what it said last.</summary>
internal static class HookReports
{
    // Of what it said: enough to see what is wrong, and little enough for a status.
    private const int Lines = 3;
    private const int Length = 400;

    /// <summary>What the Job's own conditions tell already; null where its pod must be asked.</summary>
    public static StepReport? Of(JobRecord job) => job.Succeeded
        ? new StepReport { Succeeded = true, Reason = Reasons.HookSucceeded, Message = $"{Name(job)} went well", HasDetails = false }
        : null;

    /// <summary>What a pod of a Job that has failed tells; null where it tells nothing.</summary>
    public static StepReport? Of(JobRecord job, PodResource pod) => Ended(pod) is not { ExitCode: not 0 } end ? null : new StepReport
    {
        Succeeded = false,
        Reason = Reasons.HookFailed,
        Message = $"{Name(job)} ended with exit code {end.ExitCode}{Known(end.Reason)}{Said(end.Message)}",
        HasDetails = false,
    };

    private static V1ContainerStateTerminated? Ended(PodResource pod) => (pod.Status?.ContainerStatuses is [var only, ..] ? only.State : null)?.Terminated;

    private static string Name(JobRecord job) => job.IsCheck ? "its Job" : $"hook {job.Hook}";

    private static string Known(string? reason) => string.IsNullOrEmpty(reason) || reason == "Error" ? "" : $" ({reason})";

    private static string Said(string? message)
    {
        var lines = (message ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(Lines);
        var said = string.Join(" / ", lines);
        return said.Length == 0 ? "" : $": {(said.Length <= Length ? said : "…" + said[^Length..])}";
    }
}
