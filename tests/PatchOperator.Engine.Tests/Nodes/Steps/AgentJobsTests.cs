using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class AgentJobsTests
{
    [Fact]
    public void A_step_that_ends_without_a_report_is_tried_again_under_another_name_and_then_fails()
    {
        var input = InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor(NameOf(OperationStep.Patch)), null, Ended(NameOf(OperationStep.Patch)));

        var second = Decide(input);
        Assert.Equal((2, NameOf(OperationStep.Patch, 2)), (second.Status.Attempt, second.Status.Job));
        Assert.Equal(second.Status.Job, Assert.IsType<CreateJob>(Assert.Single(second.Effects)).Job.Name);
        var last = Decide(input with { Status = input.Status with { Attempt = 3 } });
        Assert.Equal((NodePhase.Failed, Reasons.ReportMissing), (last.Status.Phase, last.Status.LastOperation!.Reason));
    }

    [Theory]
    [InlineData(OperationStep.Patch, NodePhase.Patching)]
    [InlineData(OperationStep.Rollback, NodePhase.RollingBack)]
    public void What_was_asked_of_another_boot_is_asked_of_this_one(OperationStep step, NodePhase phase)
    {
        var job = NameOf(step);
        var status = Scanned().InPhase(phase, record => step == OperationStep.Patch ? record : record with { Rollback = new RollbackRecord() });
        var decision = Decide(InTurn(status.WaitingFor(job), null, Ended(job, Failure("OtherBoot", "nothing was touched"))));

        Assert.Equal((phase, 2), (decision.Status.Phase, decision.Status.Attempt));
        Assert.IsType<CreateJob>(Assert.Single(decision.Effects));
    }

    [Fact]
    public void A_step_whose_Job_was_deleted_is_tried_again() =>
        Assert.Equal(2, Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("gone"))).Status.Attempt);

    [Theory]
    [InlineData(null, Reasons.JobTimedOut, "the Job patch took longer than it may")]
    [InlineData("ErrImagePull", Reasons.JobNotStarted, "the Job patch did not start in time: ErrImagePull")]
    public void A_Job_that_ran_out_of_time_is_not_tried_again(string? problem, string reason, string message)
    {
        var job = Ended("patch") with { TimedOut = true, Problem = problem };
        var record = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, job)).Status.LastOperation!;

        Assert.Equal((OperationResult.Failed, OperationStep.Patch, reason, message), (record.Result, record.Step!.Value, record.Reason, record.Message));
    }

    [Fact]
    public void What_keeps_a_Job_from_starting_is_told_while_it_lasts() =>
        Assert.Equal(
            "Patch is under way: ErrImagePull",
            Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, AtWork("patch") with { Problem = "ErrImagePull" })).Why);
}
