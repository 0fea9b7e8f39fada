using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Plans.UndoingTests;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class RollbacksTests
{
    [Theory]
    [InlineData(new string[0], new[] { "a", "c" })]
    [InlineData(new[] { "c", "x" }, new[] { "c" })]
    [InlineData(new[] { "b" }, new string[0])]
    public void What_a_person_asks_for_gets_its_plan(string[] named, string[] nodes)
    {
        var effects = Rollbacks.Effects(Asking(new RunRollback { Run = "workers-20261120", Nodes = [.. named] })).ToList();
        var (plan, bind) = (Assert.IsType<CreatePlan>(effects[0]), Assert.IsType<BindRun>(effects[1]));

        Assert.Equal(nodes, plan.Plan.Nodes.Select(node => node.Name));
        Assert.Equal(new RunReference { Name = "workers-20261120", Uid = RunUid }, plan.Plan.Undoes);
        Assert.Empty(plan.Plan.Updates);
        Assert.Equal(("back", "policy-uid", plan.Name), (bind.Name, bind.Policy.Uid, bind.Plan.Name));
    }

    /// <summary>With four eyes the author does not approve: what is taken back is the choice of whoever asks for it.</summary>
    [Fact]
    public void Whoever_asks_for_it_is_its_author()
    {
        var input = Asking(new RunRollback { Run = "workers-20261120" });
        input.Policy.Metadata.Annotations = new Dictionary<string, string> { [ApiGroup.AuthorAnnotation] = "alice" };
        input.Unplanned[0].Spec = input.Unplanned[0].Spec with { Policy = input.Unplanned[0].Spec.Policy with { Author = "bob" } };

        var effects = Rollbacks.Effects(input).ToList();

        Assert.Equal(("bob", "bob"), (effects.OfType<CreatePlan>().Single().Plan.Policy.Author, effects.OfType<BindRun>().Single().Policy.Author));
    }

    /// <summary>They say whether it is safe to go forward: nobody wants them to be well before he takes back what has made them ill.</summary>
    [Fact]
    public void It_has_no_waves_no_checks_and_no_hooks_but_the_budget_and_the_approval_of_its_policy()
    {
        var input = Asking(new RunRollback { Run = "workers-20261120" });
        input.Policy.Spec = input.Policy.Spec with
        {
            Rollout = new PolicyRollout { Approval = ApprovalMode.Manual, MaxUnavailable = 3, Waves = [new RolloutWave { Name = "canary", Size = 1 }] },
            HealthChecks = [new HealthCheck { Name = "api" }],
            Hooks = new HookSettings { BeforeRun = new JobTemplate() },
        };
        var plan = Rollbacks.Effects(input).OfType<CreatePlan>().Single().Plan;

        Assert.Equal((null, null, null), (plan.Waves, plan.HealthChecks, plan.Settings.Hooks));
        Assert.Equal((ApprovalMode.Manual, "3"), (plan.Approval, plan.Settings.Rollout.MaxUnavailable.ToString()));
    }

    [Theory]
    [InlineData("not suspended")]
    [InlineData("not over")]
    [InlineData("unknown")]
    [InlineData("one that takes back itself")]
    public void It_is_planned_once_nothing_would_be_installed_again(string what)
    {
        var input = Asking(new RunRollback { Run = what == "unknown" ? "workers-20261121" : "workers-20261120" });
        if (what == "not suspended")
            input.Policy.Spec = input.Policy.Spec with { Suspend = false };
        if (what == "not over")
            input = input with { Runs = [ARun(RunPhase.Halted)] };
        if (what == "one that takes back itself")
            input.Runs[0].Spec = input.Runs[0].Spec with { Trigger = RunTrigger.Rollback };

        Assert.Empty(Rollbacks.Effects(input));
    }

    [Fact]
    public void A_run_that_has_halted_as_a_check_failed_while_it_soaked_is_taken_back_without_asking_anybody()
    {
        var input = Halted();
        input.Policy.Spec = input.Policy.Spec with { Rollout = new PolicyRollout { Approval = ApprovalMode.Manual } };

        var run = Rollbacks.Next(input)!;

        Assert.Equal(("workers-rollback-20261120", RunTrigger.Rollback, null), (run.Name, run.Spec.Trigger, run.Spec.Window));
        Assert.Equal(("workers-20261120", "check api failed while it soaked: Available is False"), (run.Spec.Rollback!.Run, run.Spec.Rollback.Reason));
        Assert.Equal((ApprovalMode.Automatic, RunUid), (run.Plan.Approval, run.Plan.Undoes!.Uid));
        Assert.Equal(["a", "c"], run.Plan.Nodes.Select(node => node.Name));
        Assert.Equal("run workers-rollback-20261120: what run workers-20261120 has changed is taken back on 2 nodes", run.Event.Message);
    }

    [Theory]
    [InlineData("halted for another reason")]
    [InlineData("resumed")]
    [InlineData("about to be resumed")]
    [InlineData("under way already")]
    [InlineData("given up by a person")]
    [InlineData("tried already")]
    [InlineData("no node is Ready")]
    [InlineData("nothing was kept")]
    public void Nothing_is_taken_back(string when)
    {
        var input = Halted();
        var run = input.Runs[0];
        if (when == "halted for another reason")
            run.Status = run.Status with { Checks = [] };
        if (when == "resumed")
            run.Status = run.Status with { Phase = RunPhase.Soaking };
        if (when == "about to be resumed")
            run.Metadata.Annotations = new Dictionary<string, string> { [ApiGroup.ResumeAnnotation] = "true" };
        if (when == "tried already")
            input = input with { Nodes = Of(Tried("a")) };
        if (when is "under way already" or "given up by a person")
        {
            var other = ARun(when == "under way already" ? RunPhase.Running : RunPhase.Cancelled, "workers-rollback-20261120", "back-uid");
            other.Status = other.Status with { CancelledAt = when == "under way already" ? null : Noon };
            other.Spec = other.Spec with { Trigger = RunTrigger.Rollback, Rollback = new RunRollback { Run = run.Metadata.Name } };
            input = input with { Runs = [run, other] };
        }

        if (when == "no node is Ready")
            input = input with { Nodes = Of(Patched(name: "a").NotReady()) };
        if (when == "nothing was kept")
            input = input with { Nodes = Of(Patched(asked: Asked(Settings()), name: "a")) };

        Assert.Null(Rollbacks.Next(input));
    }

    private static NodeView Tried(string name)
    {
        var asked = Asked(runUid: "back-uid");
        var undoing = asked with { Operation = asked.Operation! with { Undoes = new RunReference { Name = "workers-20261120", Uid = RunUid } } };
        return Patched(record => record with { RunUid = "back-uid", Result = OperationResult.Failed }, undoing, name);
    }

    private static PolicyInput Halted()
    {
        var run = ARun(RunPhase.Halted);
        run.Status = run.Status with { Checks = [new RunCheck { Name = "api", State = RunCheckState.Failed, Message = "Available is False" }] };
        return Among() with { Runs = [run] };
    }

    private static PolicyInput Asking(RunRollback rollback)
    {
        var run = ARun(name: "back", uid: "back-uid");
        run.Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Trigger = RunTrigger.Rollback, Rollback = rollback };
        var input = Among() with { Runs = [ARun(RunPhase.Succeeded)], Unplanned = [run] };
        input.Policy.Spec = input.Policy.Spec with { Suspend = true };
        return input;
    }

    private static PolicyInput Among() => Input(Patched(name: "a"), Pending("b"), Patched(name: "c"));
}
