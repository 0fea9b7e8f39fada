using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;

namespace PatchOperator.Engine.Policies;

/// <summary>A run to make, with its plan.</summary>
internal sealed record NewRun(string Name, PatchRunSpec Spec, PatchPlanSpec Plan)
{
    /// <summary>First the plan, then the run that names it: a run is never without its plan, whatever happens in between.</summary>
    public IReadOnlyList<Effect> Effects => [new CreatePlan(Spec.Plan.Name, Plan), new CreateRun(Name, Spec)];
}
