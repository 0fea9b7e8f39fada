using PatchOperator.Api;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Runs;

namespace PatchOperator.Engine.Policies;

/// <summary>Computes a policy's status from gathered facts.</summary>
internal static class PolicyStatus
{
    private const int MaxAttention = 20;

    public static PatchPolicyStatus Invalid(PolicyInput input)
    {
        var message = string.Join("; ", input.Errors);
        return input.Policy.Status with
        {
            ObservedGeneration = Generation(input),
            Conditions = Conditions(input)
                .Add(ConditionTypes.Ready, false, Reasons.InvalidSpec, message)
                .Add(ConditionTypes.Reconciling, false, Reasons.InvalidSpec, "nothing is done until the spec is mended")
                .Add(ConditionTypes.Stalled, true, Reasons.InvalidSpec, message)
                .Add(ConditionTypes.Compliant, null, Reasons.InvalidSpec, "what compliant means is not known until the spec is mended")
                .ToList(),
            CurrentRun = Active(input)?.Metadata.Name,
            NextWindow = null,
        };
    }

    public static PatchPolicyStatus Of(PolicyInput input, Standing standing)
    {
        var states = input.Nodes.Select(view => (View: view, Compliance: Judge(input, view))).ToList();
        var counts = Count(input, states);
        var (compliant, reason, message) = JudgeAll(counts);
        return new PatchPolicyStatus
        {
            ObservedGeneration = Generation(input),
            Conditions = Conditions(input)
                .Add(ConditionTypes.Ready, true, Reasons.Accepted, "the spec is valid")
                .Add(ConditionTypes.Reconciling, standing.InProgress, standing.Reason, standing.Message)
                .Add(ConditionTypes.Stalled, standing.Stalled, standing.Reason, standing.Message)
                .Add(ConditionTypes.Compliant, compliant, reason, message)
                .ToList(),
            Nodes = counts,
            Updates = CountUpdates(input),
            Attention = Attention(states),
            CurrentRun = Active(input)?.Metadata.Name,
            LastRun = LastRun(input.Runs),
            NextWindow = NextWindow(input),
        };
    }

    private static long Generation(PolicyInput input) => input.Policy.Metadata.Generation ?? 0;

    private static Conditions Conditions(PolicyInput input) => new(input.Policy.Status.Conditions, Generation(input), input.Now);

    private static PatchRun? Active(PolicyInput input) => input.Runs.FirstOrDefault(run => !RunPhases.IsTerminal(run.Status.Phase));

    private static NodeCompliance Judge(PolicyInput input, NodeView view) =>
        Compliance.Of(input.Policy.Metadata.Name, input.Policy.Spec, view.Status ?? new NodePatchStatus(), input.Now);

    private static NodeCounts Count(PolicyInput input, List<(NodeView View, NodeCompliance Compliance)> states)
    {
        int In(ComplianceState state) => states.Count(node => node.Compliance.State == state);
        var compliant = In(ComplianceState.Compliant);
        return new NodeCounts
        {
            Matched = states.Count,
            Compliant = compliant,
            NonCompliant = In(ComplianceState.NonCompliant),
            PendingReboot = In(ComplianceState.PendingReboot),
            InProgress = states.Count(node => node.View.HoldsSlot),
            Failed = In(ComplianceState.Failed),
            Unknown = In(ComplianceState.Unknown),
            ClaimedByOthers = input.ClaimedByOthers,
            Summary = $"{compliant}/{states.Count}",
        };
    }

    private static (bool?, string, string) JudgeAll(NodeCounts counts) => counts switch
    {
        { Matched: 0, ClaimedByOthers: 0 } => (null, Reasons.NoNodes, "spec.nodeSelector matches no node"),
        { Matched: 0 } => (null, Reasons.NoNodes, $"the {counts.ClaimedByOthers} nodes that spec.nodeSelector matches belong to older policies"),
        _ when counts.Compliant == counts.Matched => (true, Reasons.AllNodesCompliant, $"all {counts.Matched} nodes are compliant"),
        _ => (false, Reasons.NodesNotCompliant, Describe(counts)),
    };

    private static string Describe(NodeCounts counts)
    {
        (int Count, string Name)[] parts =
        [
            (counts.NonCompliant, "not compliant"), (counts.PendingReboot, "waiting for a reboot"), (counts.Failed, "failed"), (counts.Unknown, "unknown"),
        ];
        return $"{counts.Summary} nodes are compliant: " + string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Name}"));
    }

    private static UpdateCounts CountUpdates(PolicyInput input)
    {
        var pending = input.Nodes.SelectMany(view => Approval.Pending(input.Policy.Spec.Updates, view.Status ?? new NodePatchStatus())).ToList();
        return new UpdateCounts
        {
            Security = pending.Count(package => package.Security),
            Total = pending.Count,
            OldestFirstSeen = pending.Count == 0 ? null : pending.Min(package => package.FirstSeen),
        };
    }

    private static List<NodeAttention> Attention(List<(NodeView View, NodeCompliance Compliance)> states) =>
    [
        .. states.Where(node => node.Compliance.State is ComplianceState.Failed or ComplianceState.Unknown)
            .OrderByDescending(node => node.Compliance.State == ComplianceState.Failed)
            .ThenBy(node => node.View.Node.Name, StringComparer.Ordinal)
            .Take(MaxAttention)
            .Select(node => new NodeAttention
            {
                Node = node.View.Node.Name,
                State = node.Compliance.State,
                Reason = node.Compliance.Reason,
                Message = node.Compliance.Message,
                // The node controller dates the state; until it has, none is better than one that changes at each look.
                Since = node.View.Status?.Compliance is { } written && written.State == node.Compliance.State ? written.Since : null,
            }),
    ];

    private static LastRun? LastRun(IReadOnlyList<PatchRun> runs) => runs
        .Where(run => RunPhases.IsTerminal(run.Status.Phase))
        .OrderByDescending(run => run.Status.FinishedAt)
        .Select(run => new LastRun { Name = run.Metadata.Name, Phase = run.Status.Phase!.Value, FinishedAt = run.Status.FinishedAt })
        .FirstOrDefault();

    private static NextWindow? NextWindow(PolicyInput input) => input.Windows
        .Where(window => window.State.Upcoming.Count > 0)
        .Select(window => new NextWindow { Name = window.Name, OpensAt = window.State.Upcoming[0].OpensAt })
        .OrderBy(next => next.OpensAt)
        .FirstOrDefault();
}
