using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Images;

/// <summary>Reserves the next build or scan, and starts what is reserved.</summary>
internal static class NextJob
{
    public static void Choose(BaselineDraft draft)
    {
        var next = BuildTriggers.Next(draft);
        draft.Status = draft.Status with { NextBuild = next };
        draft.WakeAt(next?.At);
        if (draft.Status.Job is null && !draft.Spec.Suspend)
            Reserve(draft);
        if (draft.Status.Job is { } job)
            Start(draft, job);
        // Here, and not where the build is reserved: a crash right after that must not leave it to ask for another.
        if (draft.Status.Job is { Trigger: BuildTrigger.Manual } && draft.Input.Annotation(ApiGroup.RebuildAnnotation) is not null)
            draft.RemoveAnnotations.Add(ApiGroup.RebuildAnnotation);
    }

    private static void Reserve(BaselineDraft draft)
    {
        if (BuildTriggers.Due(draft) is { } trigger)
        {
            Reserve(
                draft,
                new ImageJob
                {
                    Kind = ImageJobKind.Build,
                    Trigger = trigger,
                    InputsHash = draft.Status.InputsHash,
                    Superfluous = [.. Retention.DeletableByBuild(draft)]
                });
            draft.Say(Reasons.ImageBuildStarted, $"build {draft.Status.JobsBegun}: {BuildTriggers.Describe(draft, trigger)}");
        }
        else if (draft.Newest is { } newest)
        {
            var due = ScanDueAt(draft, newest);
            if (due <= draft.Now)
                Reserve(draft, new ImageJob { Kind = ImageJobKind.Scan, Digest = newest.Digest });
            else
                draft.WakeAt(due);
        }
    }

    private static DateTimeOffset ScanDueAt(BaselineDraft draft, BuiltImage newest)
    {
        var last = draft.Status.LastScan;
        if (last?.Digest != newest.Digest)
            return draft.Now;
        return last.Failure is null && RunCoverages.Unknown(draft) ? draft.Now : last.FinishedAt + draft.ScanInterval;
    }

    private static void Reserve(BaselineDraft draft, ImageJob job)
    {
        var number = draft.Status.JobsBegun + 1;
        draft.Status = draft.Status with
        {
            JobsBegun = number,
            Job = ImageJobNames.Named(draft.Input.Baseline, job with
            {
                Number = number,
                Attempt = 1,
                StartedAt = draft.Now,
                Runs = [.. RunCoverages.InOrder(draft, job.Digest).Select(known => known.RunUid)],
            }),
        };
        draft.WakeAt(draft.Now);
    }

    // The reservation is written before anything is made in its name.
    private static void Start(BaselineDraft draft, ImageJob job)
    {
        if (job.RetryAt > draft.Now)
            draft.WakeAt(job.RetryAt);
        else if (draft.Input.Baseline.Status.Job?.Name == job.Name && draft.JobFacts is null)
            draft.Create = Request(draft, job);
    }

    private static ImageJobRequest Request(BaselineDraft draft, ImageJob job)
    {
        var status = draft.Status;
        var image = status.Candidate?.Digest == job.Digest ? status.Candidate : status.Current;
        (string Digest, string Version)[] known =
        [
            .. new[] { status.Candidate }.OfType<BuiltImage>().Select(known => (known.Digest, known.Version)),
            .. status.History.Select(known => (known.Digest, known.Version)),
            .. status.Rejected.Select(known => (known.Digest, known.Version)),
        ];
        return new ImageJobRequest(
            job,
            job.Kind == ImageJobKind.Scan ? image?.Version : null,
            [
                .. RunCoverages
                    .Relevant(draft.Input)
                    .Where(run => job.Runs.Contains(run.Metadata.Uid))
                    .OrderBy(run => job.Runs.IndexOf(run.Metadata.Uid))
                    .SelectMany(run => Expected(run, draft.Input.UpdatesOf(run))),
            ],
            known,
            [.. known.Where(image => job.Superfluous.Contains(image.Digest))]);
    }

    private static IEnumerable<ExpectedOfRun> Expected(PatchRun run, IReadOnlyList<RunUpdate> updates) =>
        updates.GroupBy(NodeSystem.Of).Select(system => new ExpectedOfRun(run.Metadata.Uid, system.Key.OsFamily, system.Key.Architecture, [.. system]));
}
