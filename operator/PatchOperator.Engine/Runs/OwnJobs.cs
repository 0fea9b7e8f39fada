using PatchOperator.Api;
using PatchOperator.Engine.Effects;

namespace PatchOperator.Engine.Runs;

/// <summary>Which Jobs of a run, of its hooks and its checks, are not needed any more.</summary>
internal static class OwnJobs
{
    /// <summary>While the run is under way: those of checks that have been asked again since.</summary>
    public static IEnumerable<DeleteJob> Outdated(RunInput input) => Delete(input, job =>
        job is { IsCheck: true, Finished: true } && CheckJobs.Last(input, new HealthCheck { Name = job.Hook! })?.Name != job.Name);

    /// <summary>Once it is over: all but those of a hook that has failed, which somebody may want to look at.</summary>
    public static IEnumerable<DeleteJob> AtTheEnd(RunInput input) =>
        Delete(input, job => input.Run.Status.Hooks?.Any(hook => hook.Job == job.Name && hook.State == RunHookState.Failed) != true);

    /// <summary>All of them.</summary>
    public static IEnumerable<DeleteJob> All(RunInput input) => Delete(input, _ => true);

    private static IEnumerable<DeleteJob> Delete(RunInput input, Func<World.JobRecord, bool> which) =>
        input.Jobs.Where(which).OrderBy(job => job.Name, StringComparer.Ordinal).Select(job => new DeleteJob(job.Name));
}
