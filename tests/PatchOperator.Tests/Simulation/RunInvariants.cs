using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Compliances;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>What must hold of runs: nothing is admitted against what people say, and against the order of waves and zones; what is frozen stays.</summary>
internal sealed class RunInvariants(ObjectStore store, SimulatedNodes nodes, SimulatedHealth health, TimeProvider time)
{
    /// <summary>What must hold when a node is admitted.</summary>
    public Func<Change, string?>[] Admissions =>
        [NothingIsAdmittedThatWasNotPlanned, NothingIsAdmittedThatPeopleHoldBack, WavesFollowOneAnother, OneZoneAtATime, OneControlPlaneNodeAtATime, NothingIsAdmittedWhileACheckFails];

    public static string? WhatIsFrozenStays(Change change)
    {
        if (change is not { Before: { } before, After: { } after })
            return null;
        var (was, now) = (before.As<PatchRun>().Spec, after.As<PatchRun>().Spec);
        // What a person has made is planned once.
        if (was.Planned is null)
            was = was with { Policy = was.Policy.Name == now.Policy.Name ? now.Policy : was.Policy, Planned = now.Planned };
        var said = now with { Approvals = was.Approvals, Paused = was.Paused, Cancelled = was.Cancelled };
        return Json(was) != Json(said) || !now.Approvals.Take(was.Approvals.Count).SequenceEqual(was.Approvals) ? $"{after.Name} is another" : null;
    }

    public static string? APlanNeverChanges(Change change) =>
        change is { Before: { } before, After: { } after } && Json(before.As<PatchPlan>().Spec) != Json(after.As<PatchPlan>().Spec) ? $"{after.Name} is another" : null;

    // A new machine of the same name is another node.
    private string? NothingIsAdmittedThatWasNotPlanned(Change change) =>
        Turn(change) is var (_, plan, node) && plan.Nodes.All(planned => (planned.Name, planned.Uid) != (node, change.After!.As<NodePatch>().Metadata.OwnerReferences[0].Uid))
            ? $"{node} was admitted, and is not the one that was planned" : null;

    private string? NothingIsAdmittedThatPeopleHoldBack(Change change)
    {
        if (Turn(change) is not var (run, plan, _))
            return null;
        var resumed = run.Metadata.Annotations?.ContainsKey(ApiGroup.ResumeAnnotation) == true;
        return plan.Approval == ApprovalMode.Manual && !run.Spec.Approvals.Any(approval => approval.Digest == run.Spec.Plan.Digest && approval.Wave is null) ? "nobody has approved the plan"
            : run.Status.CancelledAt is not null ? "the run was cancelled"
            : run is { Spec.Paused: true, Status.Phase: RunPhase.Paused } ? "the run was paused"
            : run is { Status.Phase: RunPhase.Halted } && !resumed ? "the run has halted"
            : null;
    }

    private string? WavesFollowOneAnother(Change change)
    {
        if (Turn(change) is not var (run, plan, node) || plan.Waves is not { } waves)
            return null;
        var own = waves.FindIndex(wave => wave.Name == plan.Nodes.Single(planned => planned.Name == node).Wave);
        if (waves[own].Approval == ApprovalMode.Manual && !run.Spec.Approvals.Any(approval => approval.Digest == run.Spec.Plan.Digest && approval.Wave == waves[own].Name))
            return $"nobody has approved wave {waves[own].Name}";
        return waves.Take(own).Select(wave => Unfinished(run, wave, [.. plan.Nodes.Where(planned => planned.Wave == wave.Name)])).FirstOrDefault(why => why is not null);
    }

    private string? Unfinished(PatchRun run, PlanWave wave, List<RunNode> planned)
    {
        var patches = planned.Select(node => (node.Name, Patch: store.Find<NodePatch>(node.Name))).ToList();
        var turns = patches.Select(node => node.Patch?.Status.LastOperation).OfType<OperationRecord>().Where(turn => turn.RunUid == run.Metadata.Uid).ToList();
        if (turns.Max(turn => turn.FinishedAt) + Durations.Parse(wave.Soak) > time.GetUtcNow())
            return $"wave {wave.Name} soaks";
        // What comes back later has its turn beside the next wave.
        return run.Status.Waves.Any(known => known.Name == wave.Name && known.FinishedAt is not null) ? null
            : patches.Where(node => nodes[node.Name] is { Patched: false, Up: true } && node.Patch?.Status.LastOperation?.RunUid != run.Metadata.Uid
                || node.Patch is { } patch && patch.Spec.Operation?.RunUid == run.Metadata.Uid && Slots.IsHeld(patch.Spec, patch.Status))
                .Select(node => $"{node.Name} of wave {wave.Name} has not had its turn").FirstOrDefault();
    }

    private string? OneZoneAtATime(Change change)
    {
        if (Turn(change) is not var (_, plan, node) || plan.TopologyKey is not { } key)
            return null;
        var all = store.All<NodeResource>().Select(Invariants.Facts).ToList();
        var zone = all.Single(facts => facts.Name == node).DomainOf(key);
        var away = all.Where(facts => facts.DomainOf(key) != zone)
            .FirstOrDefault(facts => !facts.Available || store.Find<NodePatch>(facts.Name) is { } patch && Slots.IsHeld(patch.Spec, patch.Status));
        return away is null ? null : $"{node} was admitted while {away.Name} of another zone was unavailable";
    }

    private string? OneControlPlaneNodeAtATime(Change change)
    {
        if (Invariants.Admitted(change) is null)
            return null;
        var all = store.All<NodeResource>().Select(Invariants.Facts).Where(facts => facts.IsControlPlane).ToList();
        var other = all.FirstOrDefault(facts => facts.Name != change.Object.Name && store.Find<NodePatch>(facts.Name) is { } patch && Slots.IsHeld(patch.Spec, patch.Status));
        return other is not null && all.Any(facts => facts.Name == change.Object.Name) ? $"{change.Object.Name} was admitted beside {other.Name}" : null;
    }

    // What was asked a moment ago may be another by now.
    private string? NothingIsAdmittedWhileACheckFails(Change change) =>
        Turn(change) is var (_, plan, node)
            ? plan.HealthChecks?
                .Where(check => check.During.Contains(CheckTime.BeforeNode) && health.IllSince(check.Name) is { } since && time.GetUtcNow() - since > TimeSpan.FromMinutes(1))
                .Select(check => $"{node} was admitted while check {check.Name} failed")
                .FirstOrDefault()
            : null;

    private (PatchRun Run, PatchPlanSpec Plan, string Node)? Turn(Change change) =>
        Invariants.Admitted(change) is { Spec.Operation: { } asked } && store.Find<PatchRun>(asked.Run) is { } run && store.Find<PatchPlan>(run.Spec.Plan.Name) is { } plan
            ? (run, plan.Spec, change.Object.Name)
            : null;

    private static string Json(object spec) => k8s.KubernetesJson.Serialize(spec);
}
