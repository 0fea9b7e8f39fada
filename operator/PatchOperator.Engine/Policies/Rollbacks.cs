using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.Runs;

namespace PatchOperator.Engine.Policies;

/// <summary>
/// Runs that take back what others have changed: those that people have made get their plan here, and one is made for a run that has halted as a check failed
/// while it soaked, where the policy rolls back.
/// </summary>
internal static class Rollbacks
{
    /// <summary>What is to be done for those that people have made.</summary>
    public static IEnumerable<Effect> Effects(PolicyInput input) =>
        input.Unplanned.Where(run => run.Spec.Trigger == RunTrigger.Rollback).SelectMany(run => Plan(input, run));

    /// <summary>The run to make now, or null.</summary>
    public static NewRun? Next(PolicyInput input)
    {
        if (input.Unfinished.FirstOrDefault(run => HasSoakedInVain(run) && IsToBeUndone(input, run)) is not { } halted)
            return null;
        var failed = halted.Status.Checks.First(check => check.State == RunCheckState.Failed);
        var asked = new RunRollback { Run = halted.Metadata.Name, Reason = Text.Fit($"check {failed.Name} failed while it soaked: {failed.Message}") };
        // Whoever lets nodes be patched only once he has looked at them would look at nodes that are ill.
        var plan = Undoing.Plan(input.Reference, input.Policy.Spec, asked, halted, input.Members) with { Approval = ApprovalMode.Automatic };
        var run = NewRun.Of(RunName.Next(input.Policy.Metadata.Name, RunTrigger.Rollback, input.RunNames, input.Now), RunTrigger.Rollback, opening: null, plan);
        return run with { Spec = run.Spec with { Rollback = asked } };
    }

    private static bool HasSoakedInVain(PatchRun run) =>
        run is { Status.Phase: RunPhase.Halted }
        && !RunInput.AsksToResume(run)
        && run.Status.Checks.Any(check => check.State == RunCheckState.Failed);

    // One that is not Ready could not be undone: it is once it is back. What a person has given up is not begun again.
    private static bool IsToBeUndone(PolicyInput input, PatchRun run) =>
        !input.Runs.Any(other => other.Spec.Rollback?.Run == run.Metadata.Name
            && (other.Status.CancelledAt is not null || !RunPhases.IsTerminal(other.Status.Phase)))
        && input.Members.Any(view => view is { Node: { Ready: true, Leaving: false } } && Undoing.IsAsItWasLeft(view, run.Metadata.Uid));

    private static IEnumerable<Effect> Plan(PolicyInput input, PatchRun run)
    {
        PatchRun? Find(string name) => input.Runs.FirstOrDefault(other => other.Metadata.Name == name);
        if (Undoing.Obstacle(run, input.Reference, input.Policy.Spec, Find) is not null)
            return [];
        var asked = run.Spec.Rollback!;
        // What is taken back, whoever asks for it says, and not the policy: he is not the one to approve it.
        var reference = input.Reference with { Author = run.Spec.Policy.Author };
        return NewRun.Bind(run, Undoing.Plan(reference, input.Policy.Spec, asked, Find(asked.Run)!, input.Members));
    }
}
