using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Images;

/// <summary>Whether, why and when an image is to be built.</summary>
internal static class BuildTriggers
{
    /// <summary>The first of the triggers that is due now, in the order of <see cref="BuildTrigger"/>; null when none is.</summary>
    public static BuildTrigger? Due(BaselineDraft draft)
    {
        var last = draft.Status.LastBuild;
        if (last is null)
            return BuildTrigger.Initial;
        if (last.InputsHash != draft.Status.InputsHash)
            return BuildTrigger.SpecChanged;
        if (draft.Input.Annotation(ApiGroup.RebuildAnnotation) is not null)
            return BuildTrigger.Manual;
        return Remedy(draft, last) ?? ByTheClock(draft, last);
    }

    /// <summary>When a build is foreseen, and why; null when nothing is foreseen.</summary>
    public static NextBuild? Next(BaselineDraft draft) => draft.Spec.Suspend
        ? null
        : Foreseen(draft).Where(next => next.At > draft.Now).OrderBy(next => next.At).FirstOrDefault();

    public static string Describe(BaselineDraft draft, BuildTrigger trigger) => trigger switch
    {
        BuildTrigger.Initial => "there is no image yet",
        BuildTrigger.SpecChanged => "the spec was changed",
        BuildTrigger.Manual => $"the annotation {ApiGroup.RebuildAnnotation} asks for it",
        BuildTrigger.Revoked => "the current image was revoked",
        BuildTrigger.LiveDrift =>
            $"nodes have what the image lacks: "
                + string.Join(
                    "; ",
                    RunCoverages.Lacking(draft).Select(lacking => $"{lacking.Missing} updates of run {lacking.Run} ({string.Join(", ", lacking.Names)})")),
        BuildTrigger.PendingUpdates =>
            $"{Pending(draft.Spec.Triggers, draft.Newest)} updates are pending in the image: {string.Join(", ", draft.Newest!.PendingNames)}",
        BuildTrigger.Schedule => "the schedule's time has come",
        BuildTrigger.Window => "a window has opened",
        _ => $"the image is older than {draft.Spec.Triggers.MaxAge}",
    };

    /// <summary>How many updates are pending that count as a trigger; zero when that is not known.</summary>
    public static int Pending(ImageTriggers triggers, BuiltImage? image) => triggers.OnPendingUpdates switch
    {
        ImagePendingTrigger.Security => image?.Pending?.Security ?? 0,
        ImagePendingTrigger.All => image?.Pending?.Total ?? 0,
        _ => 0,
    };

    // What is wrong with the image. A recipe that fails by itself is not tried again; one that did not help is, once per scan interval, unless something new is
    // known.
    private static BuildTrigger? Remedy(BaselineDraft draft, LastBuild last)
    {
        if (last.Failure is { } failure && !MayPass(failure))
            return null;
        var again = RemedyAt(draft, last) <= draft.Now;
        var newest = draft.Newest;
        if (newest is null)
            return again ? BuildTrigger.Initial : null;
        if (draft.Spec.Revoked.Contains(newest.Digest) && (again || last.Generation < draft.Input.Baseline.Metadata.Generation))
            return BuildTrigger.Revoked;
        if (RunCoverages.Lacking(draft).Any(lacking => again || FinishedAt(draft, lacking) > last.StartedAt))
            return BuildTrigger.LiveDrift;
        var scannedSince = last.Digest == newest.Digest && newest.ScannedAt > last.FinishedAt;
        return Pending(draft.Spec.Triggers, newest) > 0 && (again || scannedSince) ? BuildTrigger.PendingUpdates : null;
    }

    // A verified image that waits for its promotion is not pushed aside by the clock.
    private static BuildTrigger? ByTheClock(BaselineDraft draft, LastBuild last)
    {
        if (draft.Status.Candidate is not null)
            return null;
        if (ScheduleOf(draft)?.Last(draft.Now) > last.StartedAt)
            return BuildTrigger.Schedule;
        if (draft.Input.Windows.Any(window => window.State.Current?.OpensAt > last.StartedAt))
            return BuildTrigger.Window;
        return (last.Failure is null || MayPass(last.Failure)) && TooOldAt(draft, last) <= draft.Now ? BuildTrigger.MaxAge : null;
    }

    private static IEnumerable<NextBuild> Foreseen(BaselineDraft draft)
    {
        if (draft.Status.LastBuild is not { } last)
            yield break;
        if (draft.Status.Candidate is null)
        {
            if (ScheduleOf(draft)?.Next(draft.Now) is { } scheduled)
                yield return new NextBuild { At = scheduled, Trigger = BuildTrigger.Schedule };
            foreach (var opening in draft.Input.Windows.SelectMany(window => window.State.Upcoming.Take(1)))
                yield return new NextBuild { At = opening.OpensAt, Trigger = BuildTrigger.Window };
            if (TooOldAt(draft, last) is { } tooOld)
                yield return new NextBuild { At = tooOld, Trigger = BuildTrigger.MaxAge };
        }

        if (last.Failure is { } failure && !MayPass(failure))
            yield break;
        if (draft.Newest is null)
            yield return new NextBuild { At = RemedyAt(draft, last), Trigger = BuildTrigger.Initial };
        else if (RunCoverages.Lacking(draft).Any())
            yield return new NextBuild { At = RemedyAt(draft, last), Trigger = BuildTrigger.LiveDrift };
        else if (Pending(draft.Spec.Triggers, draft.Newest) > 0)
            yield return new NextBuild { At = RemedyAt(draft, last), Trigger = BuildTrigger.PendingUpdates };
    }

    private static DateTimeOffset RemedyAt(BaselineDraft draft, LastBuild last) => last.FinishedAt + draft.ScanInterval;

    private static DateTimeOffset? TooOldAt(BaselineDraft draft, LastBuild last) =>
        draft.Spec.Triggers.MaxAge is { } age && draft.Status.Current is { } current
            ? (current.BuiltAt > last.FinishedAt ? current.BuiltAt : last.FinishedAt) + Durations.Parse(age)
            : null;

    // Updates that were still to come when the gate looked may have come by the next time.
    private static bool MayPass(BuildFailure failure) => failure.Reason == Reasons.SecurityUpdatesPending;

    private static DateTimeOffset? FinishedAt(BaselineDraft draft, RunCoverage coverage) =>
        draft.Input.Runs.FirstOrDefault(run => run.Metadata.Uid == coverage.RunUid)?.Status.FinishedAt;

    private static Schedule? ScheduleOf(BaselineDraft draft) =>
        draft.Spec.Triggers.Schedule is { } spec && Schedule.TryCreate(spec, "spec.triggers.schedule", out var schedule, out _) ? schedule : null;
}
