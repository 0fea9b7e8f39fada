using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Images;

/// <summary>Decides what to do about one baseline: what its Job has come to, what may be promoted, what is built or scanned next, what may go.</summary>
public sealed class BaselineDecider : IDecider<ImageBaseline, ImageBaselineStatus>
{
    /// <inheritdoc/>
    public IEnumerable<Question> Ask(ImageBaseline entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        if (entity.Metadata.DeletionTimestamp is not null)
            yield break;
        if (entity.Status.Job?.Name is { } name && snapshot.Jobs[name]?.At(now) is { } job)
        {
            if (job.Finished)
                yield return new ReportOfImageJob(job);
            foreach (var why in KnownJobs.OfPod(job, snapshot, now))
                yield return why;
        }

        if (RegistryQuestion.Of(BaselineInput.Of(entity, snapshot, answers, now)) is { } question)
            yield return question;
    }

    /// <inheritdoc/>
    public Decision<ImageBaselineStatus> Decide(ImageBaseline entity, Snapshot snapshot, Answers answers, DateTimeOffset now) =>
        // The Jobs of a baseline that is deleted go with it.
        entity.Metadata.DeletionTimestamp is null
            ? Decide(BaselineInput.Of(entity, snapshot, answers, now))
            : new Decision<ImageBaselineStatus> { Status = entity.Status, Why = "the baseline is being deleted", Released = true };

    /// <inheritdoc/>
    public Decision<ImageBaselineStatus> Refused(ImageBaseline entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now) =>
        refusal.Decide(BaselineConditions.Refused(entity, refusal, now), said: entity.Status.Conditions.Any(condition => refusal.IsSaidBy(condition.Message)));

    /// <inheritdoc/>
    public ImageBaselineStatus Settle(ImageBaseline entity, Decision<ImageBaselineStatus> decision, IReadOnlyList<Refusal> refused, DateTimeOffset now)
    {
        var kept = refused.Select(refusal => refusal.What).OfType<DeleteImage>().ToList();
        var deleted = decision.Effects.OfType<DeleteImage>().Except(kept).Select(effect => effect.Digest).ToList();
        var failure = refused.FirstOrDefault(refusal => refusal.What is DeleteImage);
        return Retention.Forget(decision.Status, deleted) with
        {
            RetentionFailure = failure is not null ? new RetentionFailure { At = now, Message = Text.Fit(failure.Message) }
                : deleted.Count > 0 ? null
                : decision.Status.RetentionFailure,
        };
    }

    internal static Decision<ImageBaselineStatus> Decide(BaselineInput input)
    {
        if (input.Errors.Count > 0)
            return new Decision<ImageBaselineStatus> { Status = BaselineConditions.Invalid(input), Why = string.Join("; ", input.Errors) };

        var draft = new BaselineDraft(input);
        JobEnds.Take(draft);
        Promotions.Take(draft);
        Revocations.Mark(draft);
        RunCoverages.Track(draft);
        NextJob.Choose(draft);
        NodeImages.Count(draft);
        Retention.Choose(draft);
        return draft.Decide();
    }
}
