using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>
/// Makes an image the current one: by itself once it has soaked, or when a person names its digest. The annotation may also name an image that was current
/// before, to go back to. The current tag is moved first and read back; only then is the image current.
/// </summary>
internal static class Promotions
{
    /// <summary>The image that is to become current now, from what is persisted; null when none is.</summary>
    public static BuiltImage? Due(BaselineInput input)
    {
        var (spec, status) = (input.Spec, input.Baseline.Status);
        if (spec.Suspend)
            return null;
        if (input.Annotation(ApiGroup.PromoteAnnotation) is { } asked && Named(input, asked) is { } image)
            return image;
        return status.Candidate is { } candidate
            && spec.Promotion.Mode == PromotionMode.Automatic
            && !spec.Revoked.Contains(candidate.Digest)
            && SoakedAt(spec, candidate) <= input.Now
                ? candidate
                : null;
    }

    public static DateTimeOffset SoakedAt(ImageBaselineSpec spec, BuiltImage candidate) => candidate.BuiltAt + Durations.Parse(spec.Promotion.Soak);

    public static void Take(BaselineDraft draft)
    {
        var input = draft.Input;
        if (!draft.Spec.Suspend && input.Annotation(ApiGroup.PromoteAnnotation) is { } asked && Named(input, asked) is null)
            Refuse(draft, asked);
        // Something that a Job has just brought is looked at in the next decision, with the registry asked.
        if (Due(input) is not { } image
            || (image.Digest != draft.Status.Candidate?.Digest && draft.Status.History.All(record => record.Digest != image.Digest)))
        {
            if (draft is { Status.Candidate: { } candidate, Spec: { Suspend: false, Promotion.Mode: PromotionMode.Automatic } })
                draft.WakeAt(SoakedAt(draft.Spec, candidate));
            return;
        }

        if (draft.Spec.Output.Repository is null || Confirmed(draft, image))
            Promote(draft, image);
    }

    private static bool Confirmed(BaselineDraft draft, BuiltImage image)
    {
        // Asked for what a Job has just pushed: it is asked for this image next.
        if (draft.Input.Registry is { } other && other.Digest != image.Digest)
        {
            draft.WakeAt(draft.Now);
            return false;
        }

        if (draft.Input.Registry is not { Problem: null } registry)
        {
            draft.WaitForRegistry($"take the tag {draft.Spec.Output.CurrentTag}");
            return false;
        }

        if (!registry.Stored)
        {
            Lose(draft, image);
            return false;
        }

        if (registry.TaggedDigest == image.Digest)
            return true;
        draft.Tag = image.Digest;
        draft.WakeAt(draft.Now);
        return false;
    }

    private static void Promote(BaselineDraft draft, BuiltImage image)
    {
        var record = new ImageRecord
        {
            Digest = image.Digest,
            Version = image.Version,
            BuiltAt = image.BuiltAt,
            PromotedAt = draft.Now,
            State = ImageState.Active,
        };
        var older = draft.Status.History
            .Where(other => other.Digest != image.Digest)
            .Select(other => other.State == ImageState.Active ? other with { State = ImageState.Deprecated } : other);
        if (draft.Status.Candidate is { } candidate && candidate.Digest != image.Digest)
            draft.Reject(candidate, Reasons.Superseded);
        draft.Status = draft.Status with { Current = image, Candidate = null, History = [record, .. older.Take(Limits.ImageHistory - 1)] };
        RunCoverages.Promoted(draft, image.Digest);
        if (draft.Input.Annotation(ApiGroup.PromoteAnnotation) is not null)
            draft.RemoveAnnotations.Add(ApiGroup.PromoteAnnotation);
        draft.Say(Reasons.ImagePromoted, $"{image.Version} ({image.Digest}) is the current image");
    }

    private static void Lose(BaselineDraft draft, BuiltImage image)
    {
        if (draft.Status.Candidate?.Digest == image.Digest)
        {
            draft.Reject(image, Reasons.ImageNotFound);
            draft.Status = draft.Status with { Candidate = null };
        }

        if (draft.Input.Annotation(ApiGroup.PromoteAnnotation) is not null)
            draft.RemoveAnnotations.Add(ApiGroup.PromoteAnnotation);
        draft.Say(Reasons.ImageNotFound, $"{image.Digest} is not in the registry any more and cannot be promoted", warning: true);
    }

    private static void Refuse(BaselineDraft draft, string asked)
    {
        draft.RemoveAnnotations.Add(ApiGroup.PromoteAnnotation);
        if (asked == draft.Status.Current?.Digest)
            return;
        var choice = draft.Status.Candidate is { } candidate ? $"the candidate is {candidate.Digest}" : "there is no candidate";
        draft.Say(
            Reasons.PromotionRefused,
            Text.Fit($"the annotation {ApiGroup.PromoteAnnotation} names '{asked}', which may not be promoted; {choice}"),
            warning: true);
    }

    // An approval is of one image, never of whatever is the candidate by now.
    private static BuiltImage? Named(BaselineInput input, string digest)
    {
        var (spec, status) = (input.Spec, input.Baseline.Status);
        // A build under way may be deleting what it was told is superfluous.
        if (spec.Revoked.Contains(digest) || status.Job?.Superfluous.Contains(digest) == true)
            return null;
        if (status.Candidate?.Digest == digest)
            return status.Candidate;
        return status.History.FirstOrDefault(record => record.Digest == digest && record.State == ImageState.Deprecated) is { } before
            ? new BuiltImage
            {
                Reference = References.Of(spec.Output, digest, before.Version),
                Digest = digest,
                Version = before.Version,
                BuiltAt = before.BuiltAt,
            }
            : null;
    }
}
