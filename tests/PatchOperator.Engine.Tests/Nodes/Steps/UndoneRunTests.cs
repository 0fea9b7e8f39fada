using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

/// <summary>The turn of a node in which is taken back what another run has changed on it.</summary>
public class UndoneRunTests
{
    private static readonly ChangedPackage Restored = new() { Name = "openssl", From = "2", To = "1" };
    private static readonly RunSettings Settings = Given.Settings() with { OnFailure = new FailureSettings { Action = FailureAction.Rollback } };

    private static readonly string Job = NameOf(OperationStep.Rollback);

    [Fact]
    public void It_begins_with_a_rollback_of_what_that_run_keeps_on_the_node()
    {
        var decision = Decide(Asked(Scanned()) with { Node = ANode() });

        Assert.Equal(NodePhase.RollingBack, decision.Status.Phase);
        var job = Assert.Single(decision.Effects.OfType<CreateJob>()).Job;
        Assert.Equal((OperationStep.Rollback, JobNames.Operation(Key, "undone-uid"), 0), (job.Step, job.Operation, job.Updates.Count));
        Assert.Contains(new Cordon(Key, "workers-run"), decision.Effects);
    }

    [Fact]
    public void Where_nodes_are_drained_in_any_case_it_is_drained_first()
    {
        var draining = Asked(Scanned().InPhase(NodePhase.Draining));
        var settings = Settings with { Drain = Settings.Drain with { Mode = DrainMode.Always } };
        var decision = Decide(draining with { Spec = draining.Spec with { Operation = draining.Spec.Operation! with { Settings = settings } } });

        Assert.Equal("draining before the rollback", decision.Why);
    }

    [Fact]
    public void Where_no_reboot_is_due_it_is_over_once_all_is_as_it_was()
    {
        var decision = Decide(RollingBack(Done() with { Changed = [Restored] }));

        var record = decision.Status.LastOperation!;
        Assert.Equal((OperationResult.Succeeded, "1 packages changed: as before run workers-before", Noon), (record.Result, record.Message, record.VerifiedAt));
        Assert.Equal([Restored], record.Changed);
        Assert.Contains(new Uncordon(Key), decision.Effects);
    }

    [Fact]
    public void Where_one_is_due_the_node_is_drained_and_rebooted_and_looked_at_once_more()
    {
        var draining = Decide(RollingBack(Done(reboot: true) with { Changed = [Restored] }));
        Assert.Equal((NodePhase.Draining, null, "draining before the reboot"), (draining.Status.Phase, draining.Status.LastOperation!.VerifiedAt, draining.Why));
        var rebooting = Decide(Asked(draining.Status) with { Drain = new Facts.DrainFacts([]) });
        Assert.Equal((NodePhase.Rebooting, NameOf(OperationStep.Reboot)), (rebooting.Status.Phase, rebooting.Status.Job));

        var rebooted = Asked(rebooting.Status) with { Node = Ours with { BootId = "boot-2" }, Now = Noon.AddMinutes(2) };
        var again = Decide(rebooted);
        Assert.Equal((NodePhase.RollingBack, NameOf(OperationStep.Rollback, bootId: "boot-2")), (again.Status.Phase, again.Status.Job));

        var job = NameOf(OperationStep.Rollback, bootId: "boot-2");
        var over = Decide(Asked(again.Status, Ended(job, Done() with { Changed = [] })) with { Node = rebooted.Node, Now = Noon.AddMinutes(3) }).Status.LastOperation!;
        Assert.Equal((OperationResult.Succeeded, "1 packages changed, rebooted: as before run workers-before"), (over.Result, over.Message));
    }

    [Fact]
    public void A_node_that_keeps_nothing_is_left_as_it_is_and_given_back()
    {
        var decision = Decide(RollingBack(Done() with { Reason = "NothingToDo", Message = "nothing is kept on this host that the operation has changed" }));

        Assert.Equal((OperationResult.Skipped, OperationStep.Rollback, "NothingToDo"), Told(decision.Status.LastOperation!));
        Assert.Contains(new Uncordon(Key), decision.Effects);
    }

    [Theory]
    [InlineData("LockHeld", false, "LockHeld", true)]
    [InlineData("NotBroughtBack", true, Reasons.RollbackFailed, false)]
    [InlineData("TimedOut", false, Reasons.RollbackFailed, false)]
    public void One_that_fails_keeps_the_node_cordoned_where_it_may_have_changed_it(string found, bool changed, string reason, bool givenBack)
    {
        var decision = Decide(RollingBack(Failure(found, "it failed") with { Changed = changed ? [Restored] : [] }));

        Assert.Equal((OperationResult.Failed, OperationStep.Rollback, reason), Told(decision.Status.LastOperation!));
        Assert.Null(decision.Status.LastOperation!.Rollback);
        Assert.Equal(givenBack, decision.Effects.Contains(new Uncordon(Key)));
    }

    [Theory]
    [InlineData(DrainTimeoutAction.Fail)]
    [InlineData(DrainTimeoutAction.Skip)]
    public void Pods_that_stay_once_packages_are_back_leave_a_node_that_is_not_given_back(DrainTimeoutAction onTimeout)
    {
        var draining = Asked(Scanned().NeedingReboot().InPhase(NodePhase.Draining, record => record with { PatchedAt = Noon.AddMinutes(-3), Changed = [Restored] }));
        var settings = Settings with { Drain = Settings.Drain with { OnTimeout = onTimeout } };
        var decision = Decide(draining with
        {
            Spec = draining.Spec with { Operation = draining.Spec.Operation! with { Settings = settings } },
            Drain = new Facts.DrainFacts([Pod("web")]),
            Now = Noon.AddHours(3),
        });

        Assert.Equal((OperationResult.Failed, OperationStep.Drain, Reasons.RollbackFailed), Told(decision.Status.LastOperation!));
        Assert.DoesNotContain(new Uncordon(Key), decision.Effects);
    }

    [Fact]
    public void Of_a_Job_that_was_lost_nobody_knows_what_it_has_changed()
    {
        var job = NameOf(OperationStep.Rollback, attempt: 2);
        var second = Scanned().InPhase(NodePhase.RollingBack, record => record with { Attempts = 2 }).WaitingFor(job, 2);

        Assert.Equal(Reasons.RollbackFailed, Decide(Asked(second, Ended(job, Failure("NotBroughtBack", "no archive has it")))).Status.LastOperation!.Reason);
    }

    private static (OperationResult, OperationStep?, string?) Told(OperationRecord record) => (record.Result, record.Step, record.Reason);

    private static NodeInput RollingBack(Facts.StepReport report) => Asked(Scanned().InPhase(NodePhase.RollingBack).WaitingFor(Job), Ended(Job, report));

    private static NodeInput Asked(NodePatchStatus status, params Facts.JobFacts[] jobs)
    {
        var spec = Given.Asked(Settings);
        return Input(
            Ours, spec with { Operation = spec.Operation! with { Updates = [], Undoes = new RunReference { Name = "workers-before", Uid = "undone-uid" } } }, status, jobs);
    }
}
