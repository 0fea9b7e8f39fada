using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>Which images may go. What is current, waits for promotion, or runs on a live node stays.</summary>
public static class Retention
{
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    internal static void Choose(BaselineDraft draft)
    {
        // A registry that does not allow deletion will not allow it a second later.
        var retryAt = draft.Status.RetentionFailure?.At + Retry;
        if (Deletable(draft).Length == 0)
            draft.Status = draft.Status with { RetentionFailure = null };
        else if (retryAt > draft.Now)
            draft.WakeAt(retryAt);
        else if (!draft.Spec.Suspend && draft.Spec.Output.Repository is not null)
            draft.DeleteImages.AddRange(Deletable(draft));
    }

    /// <summary>From a volume only a Job can delete: the next build does.</summary>
    internal static IReadOnlyList<string> DeletableByBuild(BaselineDraft draft) => draft.Spec.Output.Volume is null ? [] : Deletable(draft);

    private static string[] Deletable(BaselineDraft draft) => [.. Superfluous(draft).Except(Needed(draft))];

    /// <summary>The status without images that have been deleted.</summary>
    public static ImageBaselineStatus Forget(ImageBaselineStatus status, IReadOnlyCollection<string> deleted) => deleted.Count == 0 ? status : status with
    {
        History = [.. status.History.Where(record => !deleted.Contains(record.Digest))],
        Rejected = [.. status.Rejected.Where(image => !deleted.Contains(image.Digest))],
    };

    private static IEnumerable<string> Superfluous(BaselineDraft draft) =>
    [
        .. Former(draft).Select(record => record.Digest),
        .. draft.Status.Rejected.Skip(draft.Spec.Retention.Failed).Select(image => image.Digest),
    ];

    private static IEnumerable<string> Needed(BaselineDraft draft) =>
    [
        .. new[] { draft.Status.Current, draft.Status.Candidate }.OfType<BuiltImage>().Select(image => image.Digest),
        .. Former(draft).Take(draft.Spec.Retention.Keep).Select(record => record.Digest),
        .. Former(draft).Where(record => record.Nodes > 0).Select(record => record.Digest),
    ];

    private static IEnumerable<ImageRecord> Former(BaselineDraft draft) => draft.Status.History.Where(record => record.Digest != draft.Status.Current?.Digest);
}
