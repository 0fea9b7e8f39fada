using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Plans;

namespace PatchOperator.Engine.Policies;

/// <summary>What people ask to be undone, by a run that they have made themselves: it gets its plan here.</summary>
internal static class Rollbacks
{
    public static IEnumerable<Effect> Effects(PolicyInput input) => input.Unplanned.Where(run => run.Spec.Trigger == RunTrigger.Rollback).SelectMany(run => Plan(input, run));

    private static IEnumerable<Effect> Plan(PolicyInput input, PatchRun run)
    {
        PatchRun? Find(string name) => input.Runs.FirstOrDefault(other => other.Metadata.Name == name);
        var policy = input.Reference;
        if (Undoing.Obstacle(run, policy, input.Policy.Spec, Find) is not null)
            return [];
        var plan = Undoing.Plan(policy, input.Policy.Spec, run.Spec.Rollback!, Find(run.Spec.Rollback!.Run)!, input.Members);
        var reference = NewRun.Reference(run.Metadata.Name, plan);
        return [new CreatePlan(reference.Name, plan), new BindRun(run.Metadata.Name, policy, reference)];
    }
}
