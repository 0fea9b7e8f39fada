using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Without its plan, as it was frozen, a run does nothing: nobody can say any more what was to be done.</summary>
internal sealed class PlanIsThere : IGate
{
    public string Name => "PlanIsThere";

    public GateAnswer Ask(RunState run) => run switch
    {
        { Input.Plan: not null } => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"{Problem(run)}; {run.InFlight} nodes in flight finish"),
        _ => new GateAnswer.End(RunPhase.Cancelled, Problem(run)),
    };

    private static string Problem(RunState run) => $"PatchPlan {run.Run.Spec.Plan.Name} is gone, or is not what was frozen";
}
