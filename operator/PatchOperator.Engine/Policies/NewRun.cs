using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.Policies;

/// <summary>A run to make, with its plan.</summary>
/// <param name="Name">The run's.</param>
/// <param name="Spec">The run's.</param>
/// <param name="Plan">Which nodes, and what is done to them.</param>
/// <param name="Left">Which nodes were not waited for, in words; empty where there is none.</param>
internal sealed record NewRun(string Name, PatchRunSpec Spec, PatchPlanSpec Plan, string Left)
{
    /// <param name="name">The run's.</param>
    /// <param name="trigger">What it is made for.</param>
    /// <param name="opening">The opening in which it begins; null where it is bound to none.</param>
    /// <param name="plan">What is to be done.</param>
    public static NewRun Of(string name, RunTrigger trigger, OpenDay? opening, PatchPlanSpec plan)
    {
        var spec = new PatchRunSpec
        {
            Policy = plan.Policy,
            Window = opening?.Window.Name,
            WindowOpenedAt = opening?.Opening.OpensAt,
            WindowDay = opening?.Day,
            Trigger = trigger,
            Plan = Reference(name, plan),
        };
        return new NewRun(name, spec, plan, "");
    }

    /// <summary>What a run calls its plan. Another plan for the same run has another name: the one that a run names is never written over.</summary>
    public static PlanReference Reference(string run, PatchPlanSpec plan)
    {
        var digest = PlanDigest.Of(plan);
        return new PlanReference { Name = $"{run}-{digest["sha256:".Length..][..8]}", Digest = digest };
    }

    /// <summary>Gives a run that a person has made its plan; first the plan is there.</summary>
    public static IEnumerable<Effect> Bind(PatchRun run, PatchPlanSpec plan)
    {
        var reference = Reference(run.Metadata.Name, plan);
        return [new CreatePlan(reference.Name, plan), new BindRun(run.Metadata.Name, plan.Policy, reference)];
    }

    /// <summary>What people are told of it.</summary>
    public EngineEvent Event => new(
        Reasons.RunCreated,
        Plan.Undoes is { } undone
            ? $"run {Name}: what run {undone.Name} has changed is taken back on {Plan.Nodes.Count} nodes"
            : $"run {Name}: {Plan.Nodes.Count} nodes, {Plan.Updates.Count} updates{Left}");

    /// <summary>First the plan, then the run that names it: a run is never without its plan, whatever happens in between.</summary>
    public IReadOnlyList<Effect> Effects => [new CreatePlan(Spec.Plan.Name, Plan), new CreateRun(Name, Spec)];
}
