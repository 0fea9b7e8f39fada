using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Runs;

public class UnplannedRunTests
{
    public static TheoryData<string, Func<PatchRunSpec, PatchRunSpec>, string, string> Table => new()
    {
        { "workers", spec => spec, Reasons.PendingPlan, "the nodes are scanned, then the plan is made" },
        { "workers", spec => spec with { Trigger = RunTrigger.Window }, Reasons.InvalidSpec, "spec.trigger: only a run with the trigger Emergency or Rollback is planned by the operator" },
        { "others", spec => spec, Reasons.InvalidSpec, "spec.policy.name: there is no PatchPolicy 'workers'" },
        {
            "workers", spec => spec with { Policy = spec.Policy with { Uid = "1" } }, Reasons.InvalidSpec,
            "spec.policy.uid: PatchPolicy 'workers' has the UID policy-uid; leave the field out"
        },
        { "workers", spec => spec with { Cancelled = true }, Reasons.RunCancelled, "cancelled before it was planned" },
    };

    [Theory]
    [InlineData("", true, RunPhase.Succeeded, Reasons.InvalidSpec, "spec.rollback.run: name the PatchRun whose changes are to be taken back")]
    [InlineData("x", true, RunPhase.Succeeded, Reasons.InvalidSpec, "spec.rollback.run: there is no PatchRun 'x' that has patched nodes for policy 'workers'; see kubectl get patchruns")]
    [InlineData("workers-20261120", false, RunPhase.Succeeded, Reasons.PendingPlan, "set spec.suspend of policy 'workers' to true first: its next run would install again what this one takes back")]
    [InlineData("workers-20261120", true, RunPhase.Halted, Reasons.PendingPlan, "run workers-20261120 is not over yet")]
    [InlineData("workers-20261120", true, RunPhase.Succeeded, Reasons.PendingPlan, "the plan is being made")]
    public void What_one_waits_for_that_is_to_take_back_another_is_told(string undone, bool suspended, RunPhase phase, string reason, string message)
    {
        var run = GivenRuns.ARun(name: "back", uid: "back-uid");
        run.Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Trigger = RunTrigger.Rollback, Rollback = new RunRollback { Run = undone } };
        var snapshot = Snapshot.Empty.WithPolicy("workers", APolicy(spec => spec with { Windows = [], Suspend = suspended }))
            .WithRun("back", run).WithRun("workers-20261120", GivenRuns.ARun(phase));

        var decision = new RunDecider("100%").Decide(run, snapshot, Answers.None, Noon);

        Assert.Equal(message, decision.Status.Message);
        Assert.All(decision.Status.Conditions, condition => Assert.Equal(reason, condition.Reason));
    }

    [Theory]
    [InlineData(63, Reasons.PendingPlan)]
    [InlineData(64, Reasons.InvalidSpec)]
    public void A_name_that_is_too_long_for_a_label_is_told_and_nothing_is_planned_in_it(int length, string reason)
    {
        var run = GivenRuns.ARun(name: new string('n', length));
        run.Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Trigger = RunTrigger.Emergency };
        var (name, policy) = (run.Metadata.Name, APolicy(spec => spec with { Windows = [] }));
        var snapshot = Snapshot.Empty.WithPolicy("workers", policy).WithRun(name, run);

        var decision = new RunDecider("100%").Decide(run, snapshot, Answers.None, Noon);
        Assert.All(decision.Status.Conditions, condition => Assert.Equal(reason, condition.Reason));
        Assert.Equal(reason == Reasons.InvalidSpec, decision.Status.Message.StartsWith("metadata.name: is 64 characters long; 63 is the most", StringComparison.Ordinal));
        Assert.Null(decision.WakeUp);
        Assert.Equal(reason == Reasons.InvalidSpec, PolicyInput.Of(policy, snapshot, new ScanBudget(1), Noon).Unplanned.Count == 0);
    }

    [Theory, MemberData(nameof(Table))]
    public void What_a_run_without_a_plan_waits_for_or_what_is_wrong_with_it_is_told(string policy, Func<PatchRunSpec, PatchRunSpec> change, string reason, string message)
    {
        var run = GivenRuns.ARun(name: "now");
        run.Spec = change(new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Trigger = RunTrigger.Emergency });
        var known = APolicy();
        (known.Metadata.Name, known.Spec) = (policy, known.Spec with { Windows = [] });
        var snapshot = Snapshot.Empty.WithPolicy(policy, known).WithRun("now", run);
        var decider = new RunDecider("100%");

        var decision = decider.Decide(run, snapshot, Answers.None, Noon);
        run.Status = decision.Status;

        Assert.Empty(decider.Ask(run, snapshot, Answers.None, Noon));
        Assert.Empty(decision.Effects);
        Assert.Equal((message, reason == Reasons.RunCancelled ? RunPhase.Cancelled : null), (decision.Status.Message, decision.Status.Phase));
        Assert.All(decision.Status.Conditions, condition => Assert.Equal(reason, condition.Reason));
        Assert.Equal(reason == Reasons.InvalidSpec, decision.Status.Conditions.Any(condition => condition is { Type: ConditionTypes.Stalled, Status: "True" }));
        Assert.Equal(reason, Assert.Single(decision.Events).Reason);
        Assert.Empty(decider.Decide(run, snapshot, Answers.None, Noon).Events);
    }
}
