using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Computes a policy's status from gathered facts.</summary>
internal static class PolicyStatus
{
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
            CurrentRun = input.Active?.Metadata.Name,
            NextWindow = null,
        };
    }

    public static PatchPolicyStatus Of(PolicyInput input, Standing standing)
    {
        var states = input.Members.Select(view => (View: view, Verdict: view.Assessment.At(input.Now))).ToList();
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
            CurrentRun = input.Active?.Metadata.Name,
            LastRun = LastRun(input.Runs),
            NextWindow = NextWindow(input),
        };
    }

    /// <summary>As it was, with what is refused: nothing that was decided has happened.</summary>
    public static PatchPolicyStatus Refused(PolicyInput input, Refusal refusal) => input.Policy.Status with
    {
        Conditions = Conditions(input)
            .Add(ConditionTypes.Ready, true, Reasons.Accepted, "the spec is valid")
            .Add(ConditionTypes.Reconciling, true, Reasons.ApiRefused, refusal.Message)
            .Add(ConditionTypes.Stalled, false, Reasons.ApiRefused, refusal.Message)
            .Add(input.Policy.Status.Conditions.Where(condition => condition.Type == ConditionTypes.Compliant))
            .ToList(),
    };

    private static long Generation(PolicyInput input) => input.Policy.Metadata.Generation ?? 0;

    private static Conditions Conditions(PolicyInput input) => new(input.Policy.Status.Conditions, Generation(input), input.Now);

    private static NodeCounts Count(PolicyInput input, List<(NodeView View, Verdict Verdict)> states)
    {
        var counts = new int[Enum.GetValues<ComplianceState>().Length];
        foreach (var (_, verdict) in states)
            counts[(int)verdict.State]++;
        int In(ComplianceState state) => counts[(int)state];
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
            ClaimedByOthers = input.Nodes.ClaimedByOthers,
            Summary = $"{compliant}/{states.Count}",
        };
    }

    private static (bool?, string, string) JudgeAll(NodeCounts counts) => counts switch
    {
        { Matched: 0 } => (null, Reasons.NoNodes, Standing.NoNodes(counts.ClaimedByOthers).Message),
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
        var (security, total, oldest) = (0, 0, (DateTimeOffset?)null);
        foreach (var view in input.Members)
        {
            var assessment = view.Assessment;
            (security, total) = (security + assessment.Security, total + assessment.Approved.Count);
            if (assessment.OldestFirstSeen is { } first && (oldest is null || first < oldest))
                oldest = first;
        }

        return new UpdateCounts { Security = security, Total = total, OldestFirstSeen = oldest };
    }

    private static List<NodeAttention> Attention(List<(NodeView View, Verdict Verdict)> states) =>
    [
        .. states.Where(node => node.Verdict.State is ComplianceState.Failed or ComplianceState.Unknown)
            .OrderByDescending(node => node.Verdict.State == ComplianceState.Failed)
            .ThenBy(node => node.View.Node.Name, StringComparer.Ordinal)
            .Take(Limits.PolicyAttention)
            .Select(node => new NodeAttention
            {
                Node = node.View.Node.Name,
                State = node.Verdict.State,
                Reason = node.Verdict.Reason,
                Message = node.Verdict.Message,
                // The node controller dates the state; until it has, none is better than one that changes at each look.
                Since = node.View.Status?.Compliance is { } written && written.State == node.Verdict.State ? written.Since : null,
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
