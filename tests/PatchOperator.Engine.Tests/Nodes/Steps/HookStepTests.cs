using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class HookStepTests
{
    private static readonly JobTemplate Template = new() { Image = "curl" };

    [Fact]
    public void A_turn_begins_with_its_hook_and_the_node_is_not_cordoned_yet()
    {
        var input = Input(ANode(), Asked(With(new HookSettings { BeforeDrain = Template })), Scanned(Package("openssl"))) with { PolicyOfRun = "workers", Wave = () => "canary" };
        var decision = Decide(input);

        Assert.Equal((NodePhase.RunningHook, NameOf(OperationStep.BeforeDrain)), (decision.Status.Phase, decision.Status.Job));
        Assert.Equal(
            [
                new CreateHookJob(new HookJobRequest
                {
                    Name = NameOf(OperationStep.BeforeDrain), Hook = "beforeDrain", Template = Template, Run = "workers-run", Policy = "workers", Node = "node-1", Wave = "canary",
                }),
            ],
            decision.Effects);
    }

    [Fact]
    public void A_hook_that_goes_well_hands_on_to_the_first_step_which_cordons()
    {
        var decision = Decide(UnderWay(OperationStep.BeforeDrain, new HookSettings { BeforeDrain = Template }, Well) with { Node = ANode() });

        Assert.Equal(NodePhase.Patching, decision.Status.Phase);
        Assert.Equal([OperationStep.BeforeDrain], decision.Status.LastOperation!.Hooks);
        Assert.IsType<Cordon>(decision.Effects[0]);
    }

    [Fact]
    public void A_hook_that_fails_before_the_cordon_leaves_the_node_as_it_was()
    {
        var decision = Decide(UnderWay(OperationStep.BeforeDrain, new HookSettings { BeforeDrain = Template }, Ill) with { Node = ANode() });

        Assert.Empty(decision.Effects);
        Assert.Equal(
            (OperationResult.Failed, OperationStep.BeforeDrain, Reasons.HookFailed, "hook ended with exit code 3: no"),
            (decision.Status.LastOperation!.Result, decision.Status.LastOperation.Step!.Value, decision.Status.LastOperation.Reason, decision.Status.LastOperation.Message));
    }

    [Theory]
    [InlineData(false, NodePhase.RunningHook)]
    [InlineData(true, NodePhase.Draining)]
    public void After_patching_the_hook_comes_before_what_the_reboot_needs(bool done, NodePhase expected)
    {
        var settings = With(new HookSettings { AfterPatch = Template });
        var input = done
            ? UnderWay(OperationStep.AfterPatch, settings.Hooks!, Well, patched: true, due: true)
            : InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), settings, Ended("patch", Done(true)));
        var decision = Decide(input);

        Assert.Equal(expected, decision.Status.Phase);
        Assert.DoesNotContain(decision.Effects, effect => effect is Uncordon);
    }

    [Fact]
    public void The_hook_after_patching_keeps_the_node_cordoned()
    {
        var settings = new HookSettings { AfterPatch = Template };
        var decision = Decide(InTurn(Patched(Scanned(), NodePhase.RunningHook).WaitingFor("hook"), With(settings), AtWork("hook")) with { Node = ANode() });

        Assert.IsType<Cordon>(Assert.Single(decision.Effects));
    }

    [Fact]
    public void Where_nothing_was_installed_there_is_no_hook_after_it()
    {
        var asked = Asked() with { Operation = Asked().Operation! with { Updates = [], Settings = With(new HookSettings { AfterPatch = Template }) } };

        Assert.DoesNotContain(Decide(Input(Ours, asked, Scanned())).Effects, effect => effect is CreateHookJob);
    }

    [Fact]
    public void A_node_is_uncordoned_before_the_last_hook_and_its_turn_ends_after_it()
    {
        var settings = With(new HookSettings { AfterUncordon = Template });
        var verified = Decide(InTurn(Patched(Scanned(), NodePhase.Verifying).WaitingFor("verify"), settings, Ended("verify", Done())));

        Assert.Equal([new Uncordon(Key)], verified.Effects.Take(1));
        Assert.Equal("afterUncordon", Assert.IsType<CreateHookJob>(verified.Effects[1]).Job.Hook);
        Assert.Equal((OperationResult.InProgress, NodePhase.RunningHook), (verified.Status.LastOperation!.Result, verified.Status.Phase));
        Assert.Equal(Noon, verified.Status.LastOperation.VerifiedAt);

        var done = Decide(Input(ANode(), Asked(settings), verified.Status, Ended(verified.Status.Job!, Well)));
        Assert.Equal((OperationResult.Succeeded, NodePhase.Idle), (done.Status.LastOperation!.Result, done.Status.Phase));
        Assert.Equal([OperationStep.AfterUncordon], done.Status.LastOperation.Hooks);

        var failed = Decide(Input(ANode(), Asked(settings), verified.Status, Ended(verified.Status.Job!, Ill)));
        Assert.Equal((OperationResult.Failed, OperationStep.AfterUncordon), (failed.Status.LastOperation!.Result, failed.Status.LastOperation.Step!.Value));
        Assert.DoesNotContain(failed.Effects, effect => effect is Cordon);
    }

    /// <summary>Nothing that is found in the meantime brings a node back to its drain that workloads have back already.</summary>
    [Fact]
    public void While_the_last_hook_runs_the_node_is_left_alone()
    {
        var status = Patched(Scanned().NeedingReboot(), NodePhase.RunningHook).WaitingFor("hook");
        var verified = status with { LastOperation = status.LastOperation! with { VerifiedAt = Noon.AddMinutes(-1) } };

        Assert.Empty(Decide(Input(ANode(), Asked(With(new HookSettings { AfterUncordon = Template })), verified, AtWork("hook"))).Effects);
    }

    [Theory]
    [InlineData(1, NodePhase.RunningHook)]
    [InlineData(3, NodePhase.Failed)]
    public void A_hook_that_nobody_knows_the_end_of_is_run_again_twice(int attempt, NodePhase expected)
    {
        var input = UnderWay(OperationStep.BeforeDrain, new HookSettings { BeforeDrain = Template }, null);

        Assert.Equal(expected, Decide(input with { Status = input.Status with { Attempt = attempt } }).Status.Phase);
    }

    private static StepReport Well => new() { Succeeded = true, Reason = Reasons.HookSucceeded, Message = "hook went well", HasDetails = false };

    private static StepReport Ill => new() { Succeeded = false, Reason = Reasons.HookFailed, Message = "hook ended with exit code 3: no", HasDetails = false };

    private static RunSettings With(HookSettings hooks) => Settings() with { Hooks = hooks };

    private static NodePatchStatus Patched(NodePatchStatus status, NodePhase phase) => status.InPhase(phase, turn => turn with { PatchedAt = Noon.AddMinutes(-5) });

    private static NodeInput UnderWay(OperationStep step, HookSettings hooks, StepReport? report, bool patched = false, bool due = false)
    {
        var scanned = due ? Scanned().NeedingReboot() : Scanned(Package("openssl"));
        var status = patched ? Patched(scanned, NodePhase.RunningHook) : scanned.InPhase(NodePhase.RunningHook);
        return InTurn(status.WaitingFor(NameOf(step)), With(hooks), Ended(NameOf(step), report));
    }
}
