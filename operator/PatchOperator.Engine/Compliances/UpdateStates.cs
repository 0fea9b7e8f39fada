using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Says of each listed update of a node what becomes of it. Nothing of that changes with time alone: a look writes nothing.</summary>
internal static class UpdateStates
{
    /// <param name="status">What is known of the node.</param>
    /// <param name="operation">What was asked of it last.</param>
    /// <param name="updates">What its policy asks for.</param>
    /// <param name="assessment">What that makes of <paramref name="status"/>.</param>
    public static NodePatchStatus Tell(NodePatchStatus status, NodeOperation? operation, UpdateSettings updates, Assessment assessment)
    {
        var approved = assessment.Approved.ToHashSet(ReferenceEqualityComparer.Instance);
        var deferred = assessment.Deferred.ToHashSet(ReferenceEqualityComparer.Instance);
        var wait = updates.ApproveAfter is { } text ? Durations.Parse(text) : TimeSpan.Zero;
        var failed = FailedAt(status.LastOperation, operation);
        List<PendingPackage> pending = [.. status.Pending.Select(package => Tell(package, StateOf(package)))];
        var counts = pending.CountBy(package => package.State!.Value).ToDictionary();
        int Count(UpdateState state) => counts.GetValueOrDefault(state);
        return status with
        {
            // The same list where nothing has changed, as is the case with almost every look: else all of it would be compared.
            Pending = pending.SequenceEqual(status.Pending) ? status.Pending : pending,
            PendingStates = new UpdateStateCounts
            {
                Pending = Count(UpdateState.Pending),
                Approved = Count(UpdateState.Approved),
                Deferred = Count(UpdateState.Deferred),
                Excluded = Count(UpdateState.Excluded),
                Held = Count(UpdateState.Held),
                Phased = Count(UpdateState.Phased),
                Blocked = Count(UpdateState.Blocked),
                Failed = Count(UpdateState.Failed),
            },
        };

        PendingPackage Tell(PendingPackage package, UpdateState state)
        {
            DateTimeOffset? until = state == UpdateState.Deferred ? package.FirstSeen + wait : null;
            return package.State == state && package.Until == until ? package : package with { State = state, Until = until };
        }

        UpdateState StateOf(PendingPackage package) =>
            package.Held ? UpdateState.Held
            : !Approval.Asks(updates, package) ? Approval.Excludes(updates, package) ? UpdateState.Excluded : UpdateState.Pending
            : Approval.Comes(package) ? UpdateState.Phased
            : !Approval.Allows(updates, package) ? UpdateState.Blocked
            : deferred.Contains(package) ? UpdateState.Deferred
            : failed.Contains((package.Name, package.Candidate)) ? UpdateState.Failed
            // A new dependency alone is nothing to patch for.
            : approved.Contains(package) ? UpdateState.Approved : UpdateState.Pending;
    }

    /// <summary>Of a node that nobody asks anything of.</summary>
    public static NodePatchStatus Forget(NodePatchStatus status) =>
        status with { Pending = [.. status.Pending.Select(package => package with { State = null, Until = null })], PendingStates = null };

    // What failed before or after that says nothing of them.
    private static HashSet<(string, string)> FailedAt(OperationRecord? last, NodeOperation? operation) =>
        last is { Result: OperationResult.Failed, Step: OperationStep.Stage or OperationStep.Patch or OperationStep.Verify }
        && operation is { Undoes: null } && operation.RunUid == last.RunUid
            ? [.. operation.Updates.Select(update => (update.Name, update.Version))]
            : [];
}
