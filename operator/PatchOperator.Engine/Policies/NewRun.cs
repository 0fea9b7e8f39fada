using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;

namespace PatchOperator.Engine.Policies;

/// <summary>A run to make, with its plan.</summary>
/// <param name="Name">The run's.</param>
/// <param name="Spec">The run's.</param>
/// <param name="Plan">Which nodes, and what is done to them.</param>
/// <param name="Left">Which nodes were not waited for, in words; empty where there is none.</param>
internal sealed record NewRun(string Name, PatchRunSpec Spec, PatchPlanSpec Plan, string Left)
{
    /// <summary>What people are told of it.</summary>
    public EngineEvent Event => new(Reasons.RunCreated, $"run {Name}: {Plan.Nodes.Count} nodes, {Plan.Updates.Count} updates{Left}");

    /// <summary>First the plan, then the run that names it: a run is never without its plan, whatever happens in between.</summary>
    public IReadOnlyList<Effect> Effects => [new CreatePlan(Spec.Plan.Name, Plan), new CreateRun(Name, Spec)];
}
