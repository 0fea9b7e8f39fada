using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>
/// Health checks that are Jobs. The Jobs themselves are what is known of them: of each check the last one is kept, and counts for a while after its end.
/// </summary>
internal static class CheckJobs
{
    /// <summary>How long what a Job has found counts, from its end on; then the check is asked again where it matters.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    /// <summary>The last Job of a check; null where there is none.</summary>
    public static JobRecord? Last(RunInput input, HealthCheck check) => input.Jobs
        .Where(job => job.IsCheck && job.Hook == check.Name)
        .OrderBy(job => job.Finished)
        .ThenByDescending(job => job.FinishedAt)
        .ThenBy(job => job.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>What has been found; null where nothing is known now.</summary>
    public static HealthFacts? Facts(RunInput input, HealthCheck check, Snapshot snapshot, Answers answers)
    {
        if (Last(input, check) is not { } job || IsOutdated(input, job) || (job.Finished && !answers.Has(new ReportOfStep(job))))
            return null;
        return JobEnd.Of(KnownJobs.Facts(job, snapshot, answers, input.Now)) switch
        {
            JobEnd.Succeeded => HealthFacts.Well,
            JobEnd.Failed(var report) => new HealthFacts(false, report.Message),
            JobEnd.UnderWay(null) => null,
            JobEnd.UnderWay(var problem) => new HealthFacts(null, $"its Job has not started: {problem}"),
            JobEnd.Overdue(_, var message) => new HealthFacts(null, message),
            JobEnd.Lost(var problem) => new HealthFacts(null, problem),
            var end => throw new InvalidOperationException($"a Job cannot end as {end}"),
        };
    }

    /// <summary>What is to be asked of the last Job of a check.</summary>
    public static IEnumerable<Question> Questions(RunInput input, HealthCheck check, Snapshot snapshot) =>
        Last(input, check) is { } job ? KnownJobs.Questions(job, snapshot, input.Now) : [];

    /// <summary>Asks a check anew, where nothing is known now.</summary>
    /// <param name="input">The run.</param>
    /// <param name="check">The check.</param>
    /// <param name="wave">The wave whose turn it is; null where there is none.</param>
    public static IEnumerable<CreateHookJob> Ask(RunInput input, HealthCheck check, string? wave)
    {
        var last = Last(input, check);
        if (last is not null && !IsOutdated(input, last))
            return [];
        // Each has its name from the one before it: whoever does not know of the last one makes the same again.
        var run = input.Run.Metadata;
        return
        [
            new CreateHookJob(new HookJobRequest
            {
                Name = JobName.Of("patch-check-", check.Name, $"{run.Uid}/{check.Name}/{last?.Uid}"),
                Hook = check.Name,
                IsCheck = true,
                Template = check.Job!,
                Run = run.Name,
                RunUid = run.Uid,
                Policy = input.Run.Spec.Policy.Name,
                Wave = wave,
            }),
        ];
    }

    private static bool IsOutdated(RunInput input, JobRecord job) => job.Finished && !(job.FinishedAt + Interval > input.Now);
}
