using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// Nodes that fell behind the others of their policy: what puts one in quarantine, and what ends it. It follows from what is persisted alone, and is persisted
/// before the node is tainted, or is not any more.
/// </summary>
internal static class Quarantines
{
    // One that was made longer ago is none that has just joined: its NodePatch was deleted, or its labels have changed.
    private static readonly TimeSpan Newcomer = TimeSpan.FromDays(1);

    /// <summary>What is persisted of the quarantine beside a status; null when there is none. One that has ended is kept until the taint is gone.</summary>
    public static NodeQuarantine? Next(NodeInput input, NodePatchStatus status)
    {
        if (input is not { Node: { ExemptBecause: null } node, Policy: { } policy, Deleting: false } || Slots.InFlight(status))
            return status.Quarantine;
        return status.Quarantine switch
        {
            { ReleasedAt: null } lasting => IsVerified(input, policy, node, status, lasting) ? lasting with { ReleasedAt = input.Now } : lasting,
            { } over => Cause(input, policy, node, status, tainted: null) ?? (node.QuarantinedBy is null ? null : over),
            null => Cause(input, policy, node, status, node.QuarantinedBy),
        };
    }

    /// <summary>What is to be done about the taint, as far as what is persisted asks for it.</summary>
    public static IEnumerable<Effect> Effects(NodeInput input) => input switch
    {
        { Node: null } => [],
        { Node: { QuarantinedBy: null } node, Policy: { } policy, Status.Quarantine: { ReleasedAt: null }, Deleting: false } when Taints(policy) =>
            [new Quarantine(Key(node), policy.Name)],
        { Node: { QuarantinedBy: not null } node, Status.Quarantine.ReleasedAt: not null, Deleting: false } => [new LiftQuarantine(Key(node))],
        { Node: { QuarantinedBy.Length: > 0 } node } when IsUnwanted(input) =>
            [new LiftQuarantine(Key(node)) { IsUnwanted = true }],
        _ => [],
    };

    /// <summary>What people are told as one begins, and as it ends.</summary>
    public static IEnumerable<EngineEvent> Events(NodeQuarantine? before, NodeQuarantine? after)
    {
        if (after is { ReleasedAt: null } && after.Since != before?.Since)
            yield return new EngineEvent(after.Reason, after.Message, Warning: true);
        if (after is { ReleasedAt: not null } && before?.ReleasedAt is null)
            yield return new EngineEvent(Reasons.QuarantineEnded, "the node was verified: it is as it should be");
    }

    // One whose spec is invalid keeps its nodes as they are.
    private static bool IsUnwanted(NodeInput input) => input.Policy is { } policy ? !Taints(policy) : input.BelongsToNobody;

    // A policy without windows touches no node.
    private static bool Taints(PolicyTerms policy) => policy.Spec is { Windows.Count: > 0, CatchUp: { Mode: not CatchUpMode.Never, Taint: true } };

    // By what was looked at since, in the boot that the node is in: a scan that finds nothing left to do, or the verification of a turn.
    private static bool IsVerified(NodeInput input, PolicyTerms policy, NodeFacts node, NodePatchStatus status, NodeQuarantine quarantine) =>
        status is { LastScan: { } scan, Node.BootId: { } boot }
        && scan.StartedAt >= quarantine.Since
        && boot == node.BootId
        && (policy.Assess(status).Found(input.Now).State == ComplianceState.Compliant
            || (input.Spec.Operation is not { Undoes: not null }
                && status.LastOperation is { Result: OperationResult.Succeeded } last && last.StartedAt >= quarantine.Since && scan.Time <= last.FinishedAt));

    private static NodeQuarantine? Cause(NodeInput input, PolicyTerms policy, NodeFacts node, NodePatchStatus status, string? tainted)
    {
        var scan = status.LastScan;
        if (IsOlderBoot(node, status))
            return Since(input.Now, Reasons.NodeReverted, $"the node is back in boot {node.BootId}, which had ended before it was patched");
        if (scan is not null && Older(policy, status) is { } older)
            return Since(scan.Time, Reasons.NodeReverted, older);
        if (scan is not null && node.Ready && node.ReadySince >= Compliance.ScanStaleAt(policy.Spec, status))
            return Since(
                input.Now, Reasons.NodeReturned, $"the node was away; it was scanned last at {scan.Time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        if (scan is null && node.CreatedAt > Instants.Utc(policy.CreatedAt)
            && input.TrackedSince - node.CreatedAt <= Newcomer)
            return Since(input.Now, Reasons.NodeJoined, $"the node joined at {node.CreatedAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return tainted?.Length == 0 || (tainted is not null && Taints(policy))
            ? Since(input.Now, Reasons.NodeTainted, $"the node has the taint {ApiGroup.UnpatchedTaint}")
            : null;
    }

    // A machine that is restored with its memory: what it was found to be since then was found in another boot.
    private static bool IsOlderBoot(NodeFacts node, NodePatchStatus status) =>
        status is { LastOperation: { Result: OperationResult.Succeeded, BootIdBefore: { Length: > 0 } before } last, Node.BootId: { } found }
        && node.BootId == before
        && last.BootIdAfter != before
        && found != before;

    // By a scan since the last turn: what this has installed, and verified, is pending again.
    private static string? Older(PolicyTerms policy, NodePatchStatus status)
    {
        if (status is not { LastScan: { } scan, LastOperation: { Result: OperationResult.Succeeded } last } || !(scan.StartedAt >= last.FinishedAt)
            || policy.Assess(status) is not { NeedsRun: true } assessment)
            return null;
        var order = PackageVersions.Order(status.Node?.PackageManager);
        var installed = last.Changed.Where(package => package.To is not null).DistinctBy(package => package.Name)
            .ToDictionary(package => package.Name, package => package.To!);
        var older = assessment.Approved.FirstOrDefault(
            package => package.Installed is { } now && installed.TryGetValue(package.Name, out var was) && order.Compare(now, was) < 0);
        return older is not null ? $"run {last.Run} brought {older.Name} to {installed[older.Name]}, and the node has {older.Installed}"
            : scan.PatchLevel is { } level && level == last.PatchLevelBefore && level != last.PatchLevelAfter ? $"the node is as it was before run {last.Run}"
            : null;
    }

    private static NodeQuarantine Since(DateTimeOffset since, string reason, string message) =>
        new() { Since = since, Reason = reason, Message = Text.Fit(message) };

    private static NodeKey Key(NodeFacts node) => new(node.Name, node.Uid);
}
