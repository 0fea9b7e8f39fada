using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>
/// A plan that nobody has approved yet is given up when the policy would plan something else by now, so that what is approved is what is needed. Nothing is
/// planned while no window takes nodes, so that nothing is given up either.
/// </summary>
internal sealed class PlanIsWanted : IGate
{
    // Nodes are scanned one after the other: each tells a little more of the same change, and a plan for each were one that nobody can approve in time.
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    public string Name => "PlanIsWanted";

    public GateAnswer Ask(RunState run)
    {
        var plan = run.Input.Plan!.Spec;
        if (run.Approvals.IsGiven || run.InFlight > 0 || !run.Input.AcceptsNodes || (SettledAt(run) is not null && run.Nodes.Pending.Count > 0))
            return GateAnswer.Open;
        return run.Input.Wanted() is not { } wanted || (wanted.Nodes.SequenceEqual(plan.Nodes) && wanted.Updates.SequenceEqual(plan.Updates))
            ? GateAnswer.Open
            : new GateAnswer.End(
                RunPhase.Superseded,
                $"{wanted.Nodes.Count} nodes and {wanted.Updates.Count} updates would be planned now, others than the {plan.Nodes.Count} and "
                    + $"{plan.Updates.Count} of this plan, which nobody has approved; the next run asks again");
    }

    /// <summary>Until when the plan stays as it is in any case; null when that is over.</summary>
    public static DateTimeOffset? SettledAt(RunState run) =>
        Instants.CreatedAt(run.Run.Metadata) + Settling is { } at && at > run.Input.Now ? at : null;
}
