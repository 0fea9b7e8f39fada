using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Images;

/// <summary>The conditions of a baseline, computed in one place from what is known.</summary>
internal static class BaselineConditions
{
    public static ImageBaselineStatus Invalid(BaselineInput input)
    {
        var message = string.Join("; ", input.Errors);
        var status = input.Baseline.Status;
        return status with
        {
            ObservedGeneration = Generation(input),
            NextBuild = null,
            Conditions = List(input)
                .Add(ConditionTypes.Ready, false, Reasons.InvalidSpec, message)
                .Add(ConditionTypes.Reconciling, false, Reasons.InvalidSpec, "nothing is built until the spec is mended")
                .Add(ConditionTypes.Stalled, true, Reasons.InvalidSpec, message)
                .Add(ConditionTypes.UpToDate, null, Reasons.InvalidSpec, "not looked into until the spec is mended")
                .Add(ConditionTypes.Verified, null, Reasons.InvalidSpec, "not looked into until the spec is mended")
                .Add(ConditionTypes.Promoted, null, Reasons.InvalidSpec, "not looked into until the spec is mended")
                .ToList(),
        };
    }

    /// <summary>As it was, with what is refused: nothing that was decided has happened.</summary>
    public static ImageBaselineStatus Refused(ImageBaseline baseline, Refusal refusal, DateTimeOffset now) => baseline.Status with
    {
        Conditions = new Conditions(baseline.Status.Conditions, baseline.Metadata.Generation ?? 0, now)
            .Add(baseline.Status.Conditions.Where(condition => condition.Type is not (ConditionTypes.Reconciling or ConditionTypes.Stalled)))
            .Add(ConditionTypes.Reconciling, true, Reasons.ApiRefused, refusal.Message)
            .Add(ConditionTypes.Stalled, false, Reasons.ApiRefused, refusal.Message)
            .ToList(),
    };

    public static ImageBaselineStatus Of(BaselineDraft draft)
    {
        var list = List(draft.Input);
        var (readyStatus, readyReason, readyMessage) = Ready(draft);
        var (working, workReason, workMessage) = Working(draft);
        var (stalled, stallReason, stallMessage) = working ? NotStalled : Stalled(draft);
        // A routine build or scan is none of it: whoever waits for a baseline whose image is as the spec asks need not wait for that.
        list.Add(ConditionTypes.Ready, readyStatus, readyReason, readyMessage)
            .Add(ConditionTypes.Reconciling, working && !readyStatus, workReason, workMessage)
            .Add(ConditionTypes.Stalled, stalled, stallReason, stallMessage);
        UpToDate(draft, list);
        Verified(draft, list);
        Promoted(draft, list);
        return draft.Status with { ObservedGeneration = Generation(draft.Input), Conditions = list.ToList() };
    }

    private static Conditions List(BaselineInput input) => new(input.Baseline.Status.Conditions, Generation(input), input.Now);

    private static long Generation(BaselineInput input) => input.Baseline.Metadata.Generation ?? 0;

    private static (bool, string, string) NotStalled => (false, Reasons.UpToDate, "nothing is in the way");

    private static (bool, string, string) Stalled(BaselineDraft draft)
    {
        if (draft.Status.LastBuild?.Failure is { } failure)
            return (true, failure.Reason, $"{failure.Message.TrimEnd('.')}. {Advice(draft)}");
        return draft.RevokedInUse is { } shout ? (true, Reasons.RevokedInUse, shout) : NotStalled;
    }

    private static string Advice(BaselineDraft draft) => draft.Status.NextBuild is { } next
        ? $"The next build is at {next.At:u} ({next.Trigger})"
        : $"Mend the spec, or annotate the baseline with {ApiGroup.RebuildAnnotation}=now to try again as it is";

    private static (bool, string, string) Ready(BaselineDraft draft)
    {
        var status = draft.Status;
        if (draft.RevokedInUse is { } shout)
            return (false, Reasons.RevokedInUse, shout);
        if (status.Current is not { } current)
            return (false, Reasons.NoImage, $"there is no current image yet: {status.LastBuild?.Failure?.Message ?? Working(draft).Message}");
        if (draft.Spec.Revoked.Contains(current.Digest))
            return (false, Reasons.ImageRevoked, $"the current image {current.Version} was revoked, and there is no other yet");
        if (status.LastBuild is { Failure: { } failure } last && last.InputsHash == status.InputsHash)
            return (false, failure.Reason, $"the current image stays {current.Version}: {failure.Message}");
        return current.InputsHash == status.InputsHash || status.Candidate is not null
            ? (true, Reasons.Accepted, $"{current.Version} is the current image")
            : (false, Reasons.ImageOutdated, $"the current image {current.Version} was built from another spec");
    }

    private static (bool Is, string Reason, string Message) Working(BaselineDraft draft)
    {
        var status = draft.Status;
        if (draft.Waiting is { } waiting)
            return (true, Reasons.RegistryUnavailable, waiting);
        if (status.Job is { RetryAt: { } retryAt, Message: { } why } && retryAt > draft.Now)
            return (true, Reasons.ImageJobRetried, $"attempt {status.Job.Attempt} is made at {retryAt:u}: {why}");
        if (status.Job is { } job)
            return (true, job.Kind == ImageJobKind.Build ? Reasons.ImageBuildStarted : Reasons.Scanning, Doing(draft, job));
        if (draft.Spec.Suspend)
            return (false, Reasons.Suspended, "the baseline is suspended: nothing is built, scanned or promoted");
        if (status.Candidate is { } candidate)
        {
            var (reason, message) = Waiting(draft, candidate);
            return (draft.Spec.Promotion.Mode == PromotionMode.Automatic, reason, message);
        }

        return (false, Reasons.UpToDate, "nothing to do for now");
    }

    private static string Doing(BaselineDraft draft, ImageJob job)
    {
        var problem = draft.JobFacts is { Finished: false, Problem: { } text } ? $": {text}" : "";
        return job.Kind == ImageJobKind.Build
            ? $"build {job.Number} is under way in Job {job.Name}{problem}"
            : $"the image is scanned by Job {job.Name}{problem}";
    }

    private static void UpToDate(BaselineDraft draft, Conditions list)
    {
        var (status, current) = (draft.Status, draft.Status.Current);
        var drift = status.Runs.Where(run => run is { InCurrent: false, Digest: not null }).ToList();
        var wanted = draft.Spec.Triggers.OnPendingUpdates == ImagePendingTrigger.All ? current?.Pending?.Total : current?.Pending?.Security;
        if (current is null)
            list.Add(ConditionTypes.UpToDate, null, Reasons.NoImage, "there is no current image yet");
        else if (drift.Count > 0)
            list.Add(ConditionTypes.UpToDate, false, Reasons.BehindNodes, string.Join("; ", drift.Select(run => Drift(status, run))));
        else if (status.LastScan is { Failure: { } failure } && status.LastScan.Digest == current.Digest)
            list.Add(ConditionTypes.UpToDate, null, failure.Reason, failure.Message);
        else if (wanted is null)
            list.Add(ConditionTypes.UpToDate, null, Reasons.NotScanned, "the current image has not been scanned yet");
        else if (wanted > 0)
            list.Add(
                ConditionTypes.UpToDate,
                false,
                Reasons.UpdatesPending,
                $"{current.Pending!.Security} security updates, {current.Pending.Total} in all, are pending in it: {string.Join(", ", current.PendingNames)}");
        else if (current.Incomplete > 0)
            list.Add(ConditionTypes.UpToDate, false, Reasons.PackagesIncomplete, Incomplete(current));
        else if ((draft.Spec.Triggers.OnPendingUpdates == ImagePendingTrigger.All ? current.Pending!.Blocked : current.Pending!.BlockedSecurity) > 0)
            list.Add(ConditionTypes.UpToDate, false, Reasons.UpdatesBlocked, Blocked(current.Pending, current.BlockedNames));
        else
            list.Add(ConditionTypes.UpToDate, true, Reasons.UpToDate, $"no update that counts was missing at {current.ScannedAt:u}{NotLookedFor(status)}");
    }

    private static string NotLookedFor(ImageBaselineStatus status) =>
        string.Concat(status.Runs.Where(run => run.TooLarge).Select(run => $"; run {run.Run} has too many to look for each"));

    private static string Incomplete(BuiltImage image) => $"{image.Incomplete} packages in it are not whole: {string.Join(", ", image.IncompleteNames)}";

    private static string Blocked(PendingCount count, IEnumerable<string> names) =>
        $"{count.Blocked} updates, {count.BlockedSecurity} of them security, cannot be installed in it: {string.Join(", ", names)}";

    private static string Drift(ImageBaselineStatus status, RunCoverage run) => run.Missing > 0
        ? $"nodes have {run.Missing} updates of run {run.Run} that the image lacks: {string.Join(", ", run.Names)}"
        : $"nodes have updates of run {run.Run}; "
            + (status.Candidate is { } candidate && candidate.Digest == run.Digest
                ? $"{candidate.Version} has them and waits for its promotion"
                : "the image that has them was not promoted");

    private static void Verified(BaselineDraft draft, Conditions list)
    {
        if (draft.Status.LastBuild is not { } last)
            list.Add(ConditionTypes.Verified, null, Reasons.NoImage, "nothing has been built yet");
        else if (last.Failure is { } failure)
            list.Add(ConditionTypes.Verified, false, failure.Reason, failure.Message);
        else
            list.Add(ConditionTypes.Verified, true, Reasons.ImageVerified, $"build {last.Number} passed {last.Tests.Count} tests and the gate");
    }

    private static void Promoted(BaselineDraft draft, Conditions list)
    {
        var status = draft.Status;
        if (status.Candidate is { } candidate)
        {
            var (reason, message) = Waiting(draft, candidate);
            list.Add(ConditionTypes.Promoted, false, reason, message);
        }
        else if (status.LastBuild?.Failure is { } failure)
            list.Add(ConditionTypes.Promoted, false, failure.Reason, failure.Message);
        else if (status.Current is { } current)
            list.Add(ConditionTypes.Promoted, true, Reasons.ImagePromoted, $"{current.Version} is the current image");
        else
            list.Add(ConditionTypes.Promoted, null, Reasons.NoImage, "nothing has been built yet");
    }

    private static (string Reason, string Message) Waiting(BaselineDraft draft, BuiltImage candidate) => draft.Spec.Promotion.Mode == PromotionMode.Manual
        ? (
            Reasons.AwaitingPromotion,
            $"{candidate.Version} waits for a person: kubectl annotate imagebaseline {draft.Input.Baseline.Metadata.Name} "
                + $"{ApiGroup.PromoteAnnotation}={candidate.Digest}")
        : (Reasons.ImageSoaking, $"{candidate.Version} is promoted at {Promotions.SoakedAt(draft.Spec, candidate):u}");
}
