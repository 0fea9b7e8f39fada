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
            CurrentRun = input.Current?.Metadata.Name,
            NextWindow = null,
        };
    }

    public static PatchPolicyStatus Of(PolicyInput input, Standing standing, Emergencies emergencies)
    {
        var states = input.Members.Select(view => (View: view, Verdict: view.Assessment.At(input.Now))).ToList();
        var counts = Count(input, states);
        var (compliant, reason, message) = JudgeAll(counts);
        var status = new PatchPolicyStatus
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
            CountedAt = input.Now,
            Attention = Attention(input, states),
            Emergency = emergencies.Asked,
            ScanSince = emergencies.ScanSince,
            SeenBefore = Deferrals.SeenBefore(input),
            CurrentRun = input.Current?.Metadata.Name,
            LastRun = LastRun(input.Runs),
            NextWindow = NextWindow(input),
        };
        var before = input.Policy.Status;
        return IsSame(before, status) ? before : status;
    }

    /// <summary>
    /// When a status is to be written in which counts alone have changed, and what is said in words of them; null when it is to be written now, or is the same.
    /// </summary>
    public static DateTimeOffset? WrittenAt(PatchPolicyStatus before, PatchPolicyStatus after, DateTimeOffset now) =>
        !ReferenceEquals(before, after) && CountPace.Next(before.CountedAt, now) is { } next && IsSameButCounts(before, after) ? next : null;

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

    private static bool IsSame(PatchPolicyStatus before, PatchPolicyStatus after) =>
        IsSameButCounts(before, after)
        && (before.Nodes, before.Updates) == (after.Nodes, after.Updates)
        && before.Attention.SequenceEqual(after.Attention)
        && before.Conditions.SequenceEqual(after.Conditions);

    private static bool IsSameButCounts(PatchPolicyStatus before, PatchPolicyStatus after) =>
        (before.ObservedGeneration, before.CurrentRun, before.LastRun, before.NextWindow, before.Emergency, before.ScanSince, before.SeenBefore)
            == (after.ObservedGeneration, after.CurrentRun, after.LastRun, after.NextWindow, after.Emergency, after.ScanSince, after.SeenBefore)
        && Verdicts(before).SequenceEqual(Verdicts(after));

    private static IEnumerable<(string Type, string Status, string Reason)> Verdicts(PatchPolicyStatus status) =>
        status.Conditions.Select(condition => (condition.Type, condition.Status, condition.Reason));

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
            Quarantined = In(ComplianceState.Quarantined),
            Exempt = In(ComplianceState.Exempt),
            ClaimedByOthers = input.Nodes.ClaimedByOthers,
            Summary = $"{compliant}/{states.Count - In(ComplianceState.Exempt)}",
        };
    }

    private static (bool?, string, string) JudgeAll(NodeCounts counts) => counts switch
    {
        { Matched: 0 } => (null, Reasons.NoNodes, Standing.NoNodes(counts.ClaimedByOthers).Message),
        _ when counts.Exempt == counts.Matched => (null, Reasons.NoNodes, $"all {counts.Matched} nodes have nothing to be patched"),
        _ when counts.Compliant == counts.Matched - counts.Exempt =>
            (true, Reasons.AllNodesCompliant, $"all {counts.Compliant} nodes are compliant{(counts.Exempt > 0 ? $", {counts.Exempt} more are exempt" : "")}"),
        _ => (false, Reasons.NodesNotCompliant, Describe(counts)),
    };

    private static string Describe(NodeCounts counts)
    {
        (int Count, string Name)[] parts =
        [
            (counts.NonCompliant, "not compliant"), (counts.PendingReboot, "waiting for a reboot"), (counts.Failed, "failed"), (counts.Unknown, "unknown"),
            (counts.Quarantined, "in quarantine"), (counts.Exempt, "exempt"),
        ];
        return $"{counts.Summary} nodes are compliant: " + string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Name}"));
    }

    private static UpdateCounts CountUpdates(PolicyInput input)
    {
        var (security, total, states, oldest) = (0, 0, new UpdateStateCounts(), (DateTimeOffset?)null);
        foreach (var view in input.Members)
        {
            var assessment = view.Assessment;
            (security, total) = (security + assessment.Security, total + assessment.Approved.Count);
            if (view.Status?.PendingStates is { } of)
                states += of;
            if (assessment.OldestFirstSeen is { } first && (oldest is null || first < oldest))
                oldest = first;
        }

        return new UpdateCounts { Security = security, Total = total, States = states, OldestFirstSeen = oldest };
    }

    private static List<NodeAttention> Attention(PolicyInput input, List<(NodeView View, Verdict Verdict)> states)
    {
        var without = input.WithoutZone().Select(view => view.Node.Name).ToHashSet();
        List<NodeAttention> all =
        [
            .. Attention(states.Where(node => node.Verdict.State == ComplianceState.Failed)),
            .. Attention(states.Where(node => node.Verdict.State == ComplianceState.Quarantined)),
            .. Attention(
                    states.Where(node => node.Verdict.State is not (ComplianceState.Failed or ComplianceState.Quarantined)
                        && without.Contains(node.View.Node.Name)))
                .Select(node => node with
                {
                    Reason = Reasons.TimeZoneUnknown,
                    Message = input.ZoneProblem(input.Nodes.Members[node.Node].Node.Place)!,
                    Since = null,
                }),
            .. Attention(states.Where(node => node.Verdict.State == ComplianceState.Unknown && !without.Contains(node.View.Node.Name))),
        ];
        return [.. all.Take(Limits.PolicyAttention)];
    }

    private static List<NodeAttention> Attention(IEnumerable<(NodeView View, Verdict Verdict)> states) =>
    [
        .. states.OrderBy(node => node.View.Node.Name, StringComparer.Ordinal)
            .Take(Limits.PolicyAttention)
            .Select(node => new NodeAttention
            {
                Node = node.View.Node.Name,
                State = node.Verdict.State,
                Reason = node.Verdict.Reason,
                Message = Text.Fit(node.Verdict.Message),
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
        .Where(window => window.NextOpening is not null)
        .Select(window => new NextWindow { Name = window.Name, OpensAt = window.NextOpening!.Value })
        .OrderBy(next => next.OpensAt)
        .FirstOrDefault();
}
