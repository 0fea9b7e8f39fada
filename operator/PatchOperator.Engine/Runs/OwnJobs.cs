using PatchOperator.Api;
using PatchOperator.Engine.Effects;

namespace PatchOperator.Engine.Runs;

/// <summary>Which Jobs of a run, of its hooks and its checks, are not needed any more.</summary>
internal static class OwnJobs
{
    /// <summary>While the run is under way: those of checks that have been asked again since.</summary>
    public static IEnumerable<DeleteJob> Outdated(RunInput input) => Delete(input, job =>
        job is { IsCheck: true, Finished: true } && CheckJobs.Last(input, new HealthCheck { Name = job.Hook! })?.Name != job.Name);

    /// <summary>While the run is under way: those of hooks whose time is over, so that they do not begin late; once that is written down.</summary>
    public static IEnumerable<DeleteJob> Overdue(RunState run) => Delete(
        run.Input, job => job is { IsOverdue: true, IsCheck: false } && !run.Hooks.All.Any(hook => hook.IsNews && hook.Now!.Job == job.Name));

    /// <summary>Once it is over: all but those of a hook that has failed, which somebody may want to look at where they have begun.</summary>
    public static IEnumerable<DeleteJob> AtTheEnd(RunInput input) => Delete(
        input, job => job.IsOverdue || input.Run.Status.Hooks?.Any(hook => hook.Job == job.Name && hook.State == RunHookState.Failed) != true);

    /// <summary>All of them.</summary>
    public static IEnumerable<DeleteJob> All(RunInput input) => Delete(input, _ => true);

    private static IEnumerable<DeleteJob> Delete(RunInput input, Func<World.JobRecord, bool> which) =>
        input.Jobs.Where(which).OrderBy(job => job.Name, StringComparer.Ordinal).Select(job => new DeleteJob(job.Name));
}
