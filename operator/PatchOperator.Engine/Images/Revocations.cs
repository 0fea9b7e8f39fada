using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>What spec.revoked means for the images there are.</summary>
internal static class Revocations
{
    public static void Mark(BaselineDraft draft)
    {
        var revoked = draft.Spec.Revoked;
        draft.Status = draft.Status with { History = [.. draft.Status.History.Select(record => record with { State = State(draft, record, revoked) })] };
        if (draft.Status.Candidate is { } candidate && revoked.Contains(candidate.Digest))
        {
            draft.Reject(candidate, Reasons.ImageRevoked);
            draft.Status = draft.Status with { Candidate = null };
        }
    }

    private static ImageState State(BaselineDraft draft, ImageRecord record, List<string> revoked) =>
        revoked.Contains(record.Digest) ? ImageState.Revoked
        : record.Digest == draft.Status.Current?.Digest ? ImageState.Active
        : ImageState.Deprecated;
}
