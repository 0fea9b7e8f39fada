using PatchOperator.Api;
using PatchOperator.Engine;

namespace PatchOperator.Tests.Simulation;

/// <summary>What must hold of hooks: nothing passes one that has not gone well, as the container itself tells.</summary>
internal sealed class HookInvariants(ObjectStore store, SimulatedHooks hooks)
{
    public string? NothingIsAdmittedBeforeTheRunsHook(Change change) =>
        Invariants.Admitted(change) is { Spec.Operation: { Settings.Hooks.BeforeRun: not null } asked } && !hooks.WentWell.Contains(("beforeRun", asked.Run, null))
            ? $"{change.Object.Name} was admitted before beforeRun of {asked.Run} went well" : null;

    public string? NoNodeIsCordonedBeforeItsHook(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || after.Annotation(ApiGroup.CordonedByAnnotation) is not { } run
            || before.Annotation(ApiGroup.CordonedByAnnotation) is not null)
            return null;
        return store.Find<NodePatch>(after.Name)?.Spec.Operation?.Settings.Hooks?.BeforeDrain is not null && !hooks.WentWell.Contains(("beforeDrain", run, after.Name))
            ? $"{after.Name} was cordoned before beforeDrain of {run} went well" : null;
    }

    public string? ATurnThatWentWellHadItsHooks(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || after.As<NodePatch>() is not { Status.LastOperation: { Result: OperationResult.Succeeded } turn, Spec.Operation: { } asked }
            || before.As<NodePatch>().Status.LastOperation?.Result == OperationResult.Succeeded || asked.RunUid != turn.RunUid || asked.Settings.Hooks is not { } its)
            return null;
        var due = new[]
        {
            ("beforeDrain", its.BeforeDrain), ("afterPatch", turn.PatchedAt is null ? null : its.AfterPatch), ("afterUncordon", its.AfterUncordon),
        };
        return due.Where(hook => hook.Item2 is not null && !hooks.WentWell.Contains((hook.Item1, turn.Run, after.Name)))
            .Select(hook => $"{after.Name} succeeded without {hook.Item1}").FirstOrDefault();
    }

    public string? ARunIsOverAfterItsHook(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || after.As<PatchRun>() is not { } run || !RunPhases.IsTerminal(run.Status.Phase)
            || RunPhases.IsTerminal(before.As<PatchRun>().Status.Phase) || store.Find<PatchPolicy>(run.Spec.Policy.Name) is not { Metadata.DeletionTimestamp: null }
            || run.Metadata.DeletionTimestamp is not null || store.Find<PatchPlan>(run.Spec.Plan.Name)?.Spec.Settings.Hooks?.AfterRun is null)
            return null;
        var hasBegun = run.Status.Progress is { } progress && progress.Succeeded + progress.Failed > 0;
        return hasBegun && run.Status.Hooks?.Any(hook => hook is { Name: "afterRun", State: RunHookState.Succeeded or RunHookState.Failed }) != true
            ? $"{after.Name} is over before its afterRun" : null;
    }
}
