using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Images;

/// <summary>What a Job that has ended means: an image, a finding, a failure, or another attempt.</summary>
internal static class JobEnds
{
    // A Job that leaves no report may have met a node that went away; one that does so again and again will not stop doing so.
    private const int MaxAttemptsWithoutReport = 5;

    private static readonly Backoff NextAttempt = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30));

    public static void Take(BaselineDraft draft)
    {
        if (draft.Status.Job is not { } job)
            return;
        draft.WakeAt(draft.JobFacts?.LookAt);
        if (draft.JobFacts is { Finished: true } facts)
            Take(draft, job, facts);
        else if (job.Kind == ImageJobKind.Build && job.InputsHash != draft.Status.InputsHash)
            draft.Status = draft.Status with { Job = null };
        // Once its end is written down, one that may still begin goes.
        if (draft.JobFacts is null && draft.Input.Jobs.GetValueOrDefault(job.Name) is { Overdue: true })
            draft.WakeAt(draft.Now);
    }

    private static void Take(BaselineDraft draft, ImageJob job, ImageJobFacts facts)
    {
        switch (facts.Report)
        {
            case null when job.Attempt < MaxAttemptsWithoutReport:
                Retry(draft, job, NoReport(facts).Message);
                break;
            case null:
                Fail(draft, job, NoReport(facts));
                break;
            case { End: ImageJobEnd.TryAgain } report:
                Retry(draft, job, $"{report.Step}: {report.Reason}: {report.Message}");
                break;
            case { End: ImageJobEnd.BadRecipe } report:
                Fail(draft, job, new BuildFailure { Step = report.Step, Reason = report.Reason, Message = Text.Fit(report.Message) }, report.Tests);
                break;
            case { } report when job.Kind == ImageJobKind.Scan:
                Scanned(draft, job, report);
                break;
            case { } report:
                Built(draft, job, report);
                break;
        }
    }

    private static BuildFailure NoReport(ImageJobFacts facts)
    {
        var (reason, message) = facts switch
        {
            { TimedOut: true, Problem: { } problem } => (Reasons.JobNotStarted, $"the Job {facts.Name} did not start in time: {problem}"),
            { TimedOut: true } => (Reasons.JobTimedOut, "the Job took longer than its timeout; see spec.builder.timeout, or spec.scan.timeout for a scan"),
            { Problem: var problem } => (Reasons.ReportMissing, $"the Job {facts.Name} ended without a report{(problem is null ? "" : $": {problem}")}"),
        };
        return new BuildFailure { Step = "build", Reason = reason, Message = Text.Fit(message) };
    }

    private static void Retry(BaselineDraft draft, ImageJob job, string message)
    {
        var next = ImageJobNames.Named(draft.Input.Baseline, job with
        {
            Attempt = job.Attempt + 1,
            RetryAt = draft.Now + NextAttempt.After(job.Attempt),
            Message = Text.Fit(message),
        });
        draft.Status = draft.Status with { Job = next };
        draft.Say(
            Reasons.ImageJobRetried,
            $"attempt {job.Attempt} of {job.Kind.ToString().ToLowerInvariant()} {job.Number} failed and is made again at {next.RetryAt:u}: {message}",
            warning: true);
    }

    private static void Fail(BaselineDraft draft, ImageJob job, BuildFailure failure, IReadOnlyList<ImageTestResult>? tests = null)
    {
        draft.Status = draft.Status with { Job = null };
        if (job.Kind == ImageJobKind.Scan)
            draft.Status = draft.Status with { LastScan = new LastScan { Digest = job.Digest!, FinishedAt = draft.Now, Failure = failure } };
        else
            draft.Status = draft.Status with { LastBuild = LastBuild(draft, job) with { Failure = failure, Tests = Fitting(tests ?? []) } };
        draft.Say(
            job.Kind == ImageJobKind.Scan ? Reasons.ImageScanFailed : Reasons.ImageBuildFailed,
            $"{failure.Step}: {failure.Reason}: {failure.Message}",
            warning: true);
    }

    private static void Built(BaselineDraft draft, ImageJob job, ImageJobReport report)
    {
        var repository = draft.Spec.Output.Repository;
        if (repository is not null && draft.Input.Registry is not { Problem: null })
        {
            draft.WaitForRegistry("confirm the image");
            return;
        }

        if (repository is not null && !draft.Input.Registry!.Stored)
        {
            Fail(draft, job, new BuildFailure
            {
                Step = "report",
                Reason = Reasons.ResultInvalid,
                Message = $"the Job says that it pushed {report.Digest}, but {repository} has no such image",
            });
            return;
        }

        draft.Status = Retention.Forget(draft.Status, [.. job.Superfluous.Where(digest => digest != report.Digest)]) with { Job = null };
        Examine(draft, job, report, Image(draft, job, report));
        RunCoverages.Found(draft, report.Digest!, job, report.Expected);
        draft.Status = draft.Status with { LastScan = new LastScan { Digest = report.Digest!, FinishedAt = draft.Now } };
    }

    private static void Examine(BaselineDraft draft, ImageJob job, ImageJobReport report, BuiltImage image)
    {
        var failure = Gate.Examine(draft.Spec, image, report.Tests);
        draft.Status = draft.Status with
        {
            LastBuild = LastBuild(draft, job) with { Digest = image.Digest, Tests = Fitting(report.Tests), Failure = failure },
        };
        var waiting = draft.Status.Candidate;
        if (failure is not null)
        {
            draft.Reject(image, failure.Reason);
            draft.Say(Reasons.ImageRejected, $"{image.Version} ({image.Digest}): {failure.Message}", warning: true);
            return;
        }

        if (waiting is not null && waiting.Digest != image.Digest)
            draft.Reject(waiting, Reasons.Superseded);
        draft.Status = draft.Status with { Rejected = [.. draft.Status.Rejected.Where(other => other.Digest != image.Digest)] };
        if (image.Digest == draft.Status.Current?.Digest)
        {
            draft.Status = draft.Status with { Candidate = null, Current = image with { BuiltAt = draft.Status.Current.BuiltAt } };
            draft.Say(Reasons.ImageUnchanged, $"the build gave {image.Version} again, the current image");
            return;
        }

        // The same content built again goes on soaking.
        draft.Status = draft.Status with { Candidate = waiting?.Digest == image.Digest ? image with { BuiltAt = waiting.BuiltAt } : image };
        draft.WakeAt(draft.Now);
        draft.Say(Reasons.ImageVerified, $"{image.Version} ({image.Digest}) passed its tests and its gate");
    }

    private static void Scanned(BaselineDraft draft, ImageJob job, ImageJobReport report)
    {
        BuiltImage? Updated(BuiltImage? image) => image?.Digest == job.Digest ? Found(image!, report, draft.Now) : image;
        draft.Status = draft.Status with
        {
            Job = null,
            Current = Updated(draft.Status.Current),
            Candidate = Updated(draft.Status.Candidate),
            LastScan = new LastScan { Digest = job.Digest!, FinishedAt = draft.Now },
        };
        RunCoverages.Found(draft, job.Digest!, job, report.Expected);
    }

    private static BuiltImage Image(BaselineDraft draft, ImageJob job, ImageJobReport report) => Found(
        new BuiltImage
        {
            Reference = References.Of(draft.Spec.Output, report.Digest!, report.Version!),
            Digest = report.Digest!,
            Version = report.Version!,
            InputsHash = job.InputsHash!,
            BuiltAt = draft.Now,
        },
        report,
        draft.Now);

    private static BuiltImage Found(BuiltImage image, ImageJobReport report, DateTimeOffset now) => image with
    {
        PatchLevel = report.PatchLevel,
        Packages = report.Packages,
        Pending = report.Pending,
        PendingNames = [.. report.PendingNames.Take(Limits.ImagePendingNames)],
        BlockedNames = [.. report.BlockedNames.Take(Limits.ImagePendingNames)],
        Incomplete = report.Incomplete,
        IncompleteNames = [.. report.IncompleteNames.Take(Limits.ImagePendingNames)],
        ScannedAt = now,
    };

    private static List<ImageTestResult> Fitting(IReadOnlyList<ImageTestResult> tests) =>
        [.. tests.Take(Limits.ImageTests).Select(test => test with { Message = test.Message is { } message ? Text.Fit(message) : null })];

    private static LastBuild LastBuild(BaselineDraft draft, ImageJob job) => new()
    {
        Number = job.Number,
        Job = job.Name,
        Trigger = job.Trigger ?? BuildTrigger.Manual,
        InputsHash = job.InputsHash!,
        Generation = draft.Input.Baseline.Metadata.Generation ?? 0,
        StartedAt = job.StartedAt,
        FinishedAt = draft.Now,
    };
}
