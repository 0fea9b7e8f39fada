using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Without its plan, as it was frozen, a run does nothing: nobody can say any more what was to be done.</summary>
internal sealed class PlanIsThere : IGate
{
    // A plan is made before its run, but may be heard of after it: by a replica that has made neither. An emergency has its nodes scanned before it is planned.
    private static readonly TimeSpan Hearing = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HearingOfEmergency = TimeSpan.FromHours(1);

    public string Name => "PlanIsThere";

    public GateAnswer Ask(RunState run) => run switch
    {
        { Input.Plan: not null } => GateAnswer.Open,
        { InFlight: > 0 } => new GateAnswer.NotYet(RunPhase.Running, $"{Problem(run)}; {run.InFlight} nodes in flight finish"),
        _ when HeardOfBy(run) is { } until && until > run.Input.Now =>
            new GateAnswer.NotYet(RunPhase.Running, $"PatchPlan {run.Run.Spec.Plan.Name} has not been heard of yet") { Until = until },
        _ => new GateAnswer.End(RunPhase.Cancelled, Problem(run)),
    };

    private static DateTimeOffset? HeardOfBy(RunState run) =>
        Instants.CreatedAt(run.Run.Metadata) + (run.Run.Spec.Trigger == RunTrigger.Emergency ? HearingOfEmergency : Hearing);

    private static string Problem(RunState run) => $"PatchPlan {run.Run.Spec.Plan.Name} is gone, or is not what was frozen";
}
