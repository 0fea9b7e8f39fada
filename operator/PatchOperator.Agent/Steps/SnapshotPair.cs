using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Steps;

/// <summary>The snapshots of the host's root before and after an operation that may be rolled back, where it has such: none is no failure.</summary>
/// <param name="context">The step's.</param>
/// <param name="snapper">Null where nothing makes any.</param>
internal sealed class SnapshotPair(StepContext context, Snapper? snapper)
{
    private string Operation => context.Request.Operation;

    /// <summary>Before anything is changed; an attempt after the first one goes on from what the first has found.</summary>
    public async Task BeginAsync()
    {
        if (snapper is null)
            return;
        if (context.Journal.Snapshots is null && await snapper.BeforeAsync(Operation, context.Deadline) is { } before)
            context.Journal.Snapshots = (before, null);
        snapper.HasBefore = context.Journal.Snapshots is not null;
    }

    /// <summary>When all is done, whether well or not: the last attempt counts.</summary>
    public async Task EndAsync(Deadline deadline)
    {
        if (snapper is null || context.Journal.Snapshots is not var (before, after))
            return;
        if (after is { } earlier && await snapper.HasAsync(Operation, [earlier], deadline))
            await snapper.DeleteAsync(earlier, deadline);
        context.Journal.Snapshots = (before, await snapper.AfterAsync(Operation, before, deadline));
    }

    /// <summary>Both, or null where one of them is not there or is somebody else's by now.</summary>
    /// <param name="late">Whether the operation has ended only now: a snapshot after it was made before that.</param>
    public async Task<(int Before, int After)?> FindAsync(bool late)
    {
        if (snapper is null || context.Journal.Snapshots is not { } pair)
            return null;
        // Where the operation lived to tell, and there is no snapshot all the same, what has changed since is not to be told from what it has changed.
        if (late || (pair.After is null && context.Journal.After is null))
            await EndAsync(context.Deadline);
        return context.Journal.Snapshots is (var before, { } after) && await snapper.HasAsync(Operation, [before, after], context.Deadline)
            ? (before, after)
            : null;
    }
}
