using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Drains;

/// <summary>Which pod keeps a node from being drained.</summary>
public static class Blockers
{
    private const string BudgetWords = "The disruption budget ";

    /// <summary>Whether a turn drains its node, or may come to: one that finds a reboot due only after patching could not be helped any more by then.</summary>
    public static bool MayDrain(RunSettings settings) => settings.Drain.Mode switch
    {
        DrainMode.Always => true,
        DrainMode.Never => false,
        _ => settings.Reboot.Mode != RebootMode.Never,
    };

    /// <summary>Whether the policy says that a pod is not to be evicted, and so keeps its node from being drained for as long as it is there.</summary>
    public static bool Keeps(DrainSettings settings, PodToEvict pod) =>
        !pod.Terminating && (IsKeptAsUnmanaged(settings, pod) || IsKeptForItsData(settings, pod));

    /// <summary>
    /// Whether what the API server says to an eviction holds a node back: one whose budgets are bypassed after the timeout has its turn all the same.
    /// </summary>
    public static bool AreAsked(DrainSettings settings) => settings.OnTimeout != DrainTimeoutAction.Force;

    /// <summary>
    /// The pod that is in the way: one that the policy keeps, one that can never be evicted, or else one that cannot be now; null when each may go.
    /// </summary>
    public static DrainBlocker? Of(DrainSettings settings, DrainFacts drain)
    {
        var pod = drain.Remaining.FirstOrDefault(pod => Keeps(settings, pod))
            ?? drain.Remaining.FirstOrDefault(pod => pod.Answer == EvictionAnswer.Impossible)
            ?? drain.Remaining.FirstOrDefault(pod => pod.Answer is EvictionAnswer.Blocked or EvictionAnswer.Refused);
        if (pod is null)
            return null;
        var (reason, message) = Why(settings, pod);
        return new DrainBlocker { Pod = pod.ToString(), Budget = Budget(pod), Reason = reason, Message = Text.Fit(message) };
    }

    // As kubectl drain says it, and what it wants to be told.
    private static (string Reason, string Message) Why(DrainSettings settings, PodToEvict pod) => pod switch
    {
        _ when IsKeptAsUnmanaged(settings, pod) =>
            (Reasons.UnmanagedPod, "it declares no controller, and drain.unmanagedPods is Block (kubectl drain: --force)"),
        _ when IsKeptForItsData(settings, pod) =>
            (Reasons.LocalStorage, "it has local storage, an emptyDir, and drain.emptyDir is Block (kubectl drain: --delete-emptydir-data)"),
        { Answer: EvictionAnswer.Impossible } => (Reasons.DrainMisconfigured, pod.AnswerMessage),
        { Answer: EvictionAnswer.Blocked } => (Reasons.DrainBlocked, pod.AnswerMessage),
        _ => (Reasons.EvictionRefused, pod.AnswerMessage),
    };

    private static bool IsKeptAsUnmanaged(DrainSettings settings, PodToEvict pod) => settings.UnmanagedPods == UnmanagedPods.Block && !pod.Managed;

    private static bool IsKeptForItsData(DrainSettings settings, PodToEvict pod) => settings.EmptyDir == EmptyDirPods.Block && pod.HasEmptyDir;

    // The API server names it in the cause of its answer, and it is of the pod's namespace.
    private static string? Budget(PodToEvict pod) =>
        pod.AnswerMessage.IndexOf(BudgetWords, StringComparison.Ordinal) is var start and >= 0
        && pod.AnswerMessage[(start + BudgetWords.Length)..].Split(' ')[0] is { Length: > 0 } name
            ? $"{pod.Namespace}/{name}"
            : null;
}
