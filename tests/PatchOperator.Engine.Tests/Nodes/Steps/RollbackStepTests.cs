using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class RollbackStepTests
{
    private static readonly ChangedPackage Upgraded = new() { Name = "openssl", From = "1", To = "2" };
    private static readonly ChangedPackage Restored = new() { Name = "openssl", From = "2", To = "1" };
    private static readonly RunSettings Settings = Given.Settings() with { OnFailure = new FailureSettings { Action = FailureAction.Rollback } };

    [Fact]
    public void What_is_replaced_is_kept_where_the_policy_rolls_back()
    {
        Assert.True(Patch(Settings).KeepReplaced);
        Assert.False(Patch(Given.Settings()).KeepReplaced);

        static Facts.JobRequest Patch(RunSettings settings) => JobRequests.ForStep(InTurn(Scanned().InPhase(NodePhase.Patching), settings), OperationStep.Patch, 1);
    }

    [Fact]
    public void A_verification_that_fails_is_answered_with_a_rollback_that_is_written_down_first()
    {
        var decision = Decide(Verifying(Failure("UpdatesMissing", "missing: openssl 2")));

        var record = decision.Status.LastOperation!;
        Assert.Equal((OperationResult.InProgress, TimeSpan.Zero), (record.Result, decision.WakeUp));
        Assert.Equal((OperationStep.Verify, "UpdatesMissing", "missing: openssl 2", Noon), Told(record.Rollback!));
        Assert.DoesNotContain(decision.Effects, effect => effect is CreateJob or Uncordon);
        Assert.Contains(decision.Events, told => told.Warning && told.Message.Contains("Verify failed, and is rolled back: missing", StringComparison.Ordinal));

        var next = Decide(InTurn(decision.Status, Settings));
        Assert.Equal(NodePhase.RollingBack, next.Status.Phase);
        var job = Assert.IsType<CreateJob>(Assert.Single(next.Effects, effect => effect is CreateJob)).Job;
        Assert.Equal((OperationStep.Rollback, 0), (job.Step, job.Updates.Count));

        static (OperationStep, string, string, DateTimeOffset) Told(RollbackRecord rollback) => (rollback.Step, rollback.Reason, rollback.Message, rollback.StartedAt);
    }

    [Theory]
    [InlineData(true, "PackageManagerFailed", true)]
    [InlineData(false, "DiskFull", false)]
    public void A_patch_that_fails_is_rolled_back_where_it_has_changed_packages(bool changed, string reason, bool rollsBack)
    {
        var job = NameOf(OperationStep.Patch);
        var report = Failure(reason, "it failed") with { Changed = changed ? [Upgraded] : [] };

        var decision = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor(job), Settings, Ended(job, report)));

        Assert.Equal(rollsBack ? OperationResult.InProgress : OperationResult.Failed, decision.Status.LastOperation!.Result);
        Assert.Equal(rollsBack, decision.Status.LastOperation.Rollback is not null);
    }

    [Fact]
    public void A_patch_of_which_nobody_knows_what_it_did_is_rolled_back()
    {
        var job = NameOf(OperationStep.Patch);
        var lost = Scanned().InPhase(NodePhase.Patching).WaitingFor(job) with { Attempt = 3 };

        Assert.Equal(Reasons.ReportMissing, Decide(InTurn(lost, Settings, Ended(job, null))).Status.LastOperation!.Rollback?.Reason);
    }

    /// <summary>The log of its Job was gone: what it has changed stands there alone.</summary>
    [Theory]
    [InlineData(null, Reasons.RolledBack)]
    [InlineData("NothingToDo", "PackageManagerFailed")]
    public void A_patch_of_which_only_the_summary_is_known_is_rolled_back_as_far_as_the_agent_finds_anything(string? found, string reason)
    {
        var job = NameOf(OperationStep.Patch);
        var summary = Failure("PackageManagerFailed", "it failed") with { HasDetails = false };

        var begun = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor(job), Settings, Ended(job, summary)));
        Assert.Equal((OperationStep.Patch, "PackageManagerFailed"), (begun.Status.LastOperation!.Rollback?.Step, begun.Status.LastOperation.Rollback?.Reason));

        job = NameOf(OperationStep.Rollback);
        var answer = found is null ? Done() with { Changed = [Restored] } : Done() with { Reason = found, Changed = [] };
        var ended = Decide(InTurn(begun.Status.InPhase(NodePhase.RollingBack, _ => begun.Status.LastOperation).WaitingFor(job), Settings, Ended(job, answer)));
        Assert.Equal((OperationResult.Failed, reason), (ended.Status.LastOperation!.Result, ended.Status.LastOperation.Reason));
    }

    [Theory]
    [InlineData(NodePhase.Draining, true)]
    [InlineData(NodePhase.Verifying, false)]
    public void Neither_pods_that_stay_nor_a_node_that_is_not_Ready_undo_anything(NodePhase phase, bool ready)
    {
        var job = NameOf(OperationStep.Verify);
        var found = phase == NodePhase.Draining ? Scanned().NeedingReboot() : Scanned().WaitingFor(job);
        var status = found.InPhase(phase, record => record with { PatchedAt = Noon.AddHours(-3), Changed = [Upgraded] });
        var input = InTurn(status, Settings, Ended(job, Failure("UpdatesMissing", "missing: openssl 2")));

        var decision = Decide(input with { Node = Ours with { Ready = ready }, Drain = new Facts.DrainFacts([Pod("web")]), Now = Noon.AddHours(3) });

        Assert.Equal((OperationResult.Failed, null), (decision.Status.LastOperation!.Result, decision.Status.LastOperation.Rollback));
    }

    [Theory]
    [InlineData("UpdatesMissing", true)]
    [InlineData("PackagesIncomplete", true)]
    [InlineData("UnitsBroken", true)]
    [InlineData("VerifyCommandFailed", true)]
    [InlineData("RepositoryUnavailable", false)]
    [InlineData("LockHeld", false)]
    public void A_verification_undoes_what_it_finds_bad_and_nothing_that_it_could_not_look_at(string reason, bool rollsBack) =>
        Assert.Equal(rollsBack, Decide(Verifying(Failure(reason, "it failed"))).Status.LastOperation!.Rollback is not null);

    [Fact]
    public void A_node_that_is_as_it_was_has_failed_and_is_given_back()
    {
        var job = NameOf(OperationStep.Rollback);
        var decision = Decide(InTurn(RollingBack().WaitingFor(job), Settings, Ended(job, Done() with { Changed = [Restored] })));

        var record = decision.Status.LastOperation!;
        Assert.Equal((OperationResult.Failed, Reasons.RolledBack, OperationStep.Verify), (record.Result, record.Reason, record.Step));
        Assert.Equal("Verify failed: missing: openssl 2; rolled back: 1 packages are as they were before", record.Message);
        Assert.Equal([Restored], record.Rollback!.Changed);
        Assert.Contains(new Uncordon(Key), decision.Effects);
    }

    [Fact]
    public void A_reboot_that_is_due_for_what_came_back_is_made_and_the_node_looked_at_once_more()
    {
        var job = NameOf(OperationStep.Rollback);
        var before = RollingBack(record => record with { DrainedAt = Noon.AddMinutes(-4) });
        var rebooting = Decide(InTurn(before.WaitingFor(job), Settings, Ended(job, Done(reboot: true) with { Changed = [Restored] })));
        Assert.Equal(NodePhase.Rebooting, rebooting.Status.Phase);
        Assert.NotEqual(NameOf(OperationStep.Reboot), rebooting.Status.Job);

        var again = Decide(InTurn(rebooting.Status, Settings) with { Node = Ours with { BootId = "boot-2" }, Now = Noon.AddMinutes(2) });

        Assert.Equal((NodePhase.RollingBack, NameOf(OperationStep.Rollback, bootId: "boot-2")), (again.Status.Phase, again.Status.Job));
    }

    [Fact]
    public void A_rollback_that_fails_says_both_and_keeps_the_node_cordoned()
    {
        var job = NameOf(OperationStep.Rollback);
        var decision = Decide(InTurn(RollingBack().WaitingFor(job), Settings, Ended(job, Failure("NotBroughtBack", "could not bring back openssl 1"))));

        var record = decision.Status.LastOperation!;
        Assert.Equal((OperationResult.Failed, Reasons.RollbackFailed), (record.Result, record.Reason));
        Assert.Equal("Verify failed: missing: openssl 2; and the rollback failed: Rollback: could not bring back openssl 1", record.Message);
        Assert.DoesNotContain(decision.Effects, effect => effect is Uncordon);
        Assert.DoesNotContain(Decide(Input(Ours, Asked(Settings), decision.Status)).Effects, effect => effect is Uncordon);
    }

    [Fact]
    public void Pods_that_stay_are_no_reason_to_leave_a_rollback_out()
    {
        var settings = Settings with { Drain = Settings.Drain with { Mode = DrainMode.Always, OnTimeout = DrainTimeoutAction.Skip } };
        var status = RollingBack(record => record with { DrainedAt = null }) with { Phase = NodePhase.Draining, PhaseSince = Noon.AddHours(-3) };

        var record = Decide(InTurn(status, settings) with { Drain = new Facts.DrainFacts([Pod("web")]) }).Status.LastOperation!;

        Assert.Equal((OperationResult.Failed, Reasons.RollbackFailed), (record.Result, record.Reason));
    }

    [Fact]
    public void A_rollback_that_the_API_server_refuses_for_too_long_has_failed()
    {
        var refused = RollingBack() with { Refused = new RefusedRequest { Since = Noon.AddHours(-1), Message = "no quota" } };

        Assert.Equal(Reasons.RollbackFailed, Decide(InTurn(refused, Settings)).Status.LastOperation!.Reason);
    }

    [Fact]
    public void A_node_that_remembers_nothing_of_what_was_changed_is_not_rolled_back()
    {
        var job = NameOf(OperationStep.Rollback);
        var nothing = Done() with { Reason = "NothingToDo", Message = "nothing is kept" };

        Assert.Equal(Reasons.RollbackFailed, Decide(InTurn(RollingBack().WaitingFor(job), Settings, Ended(job, nothing))).Status.LastOperation!.Reason);
    }

    [Fact]
    public void What_was_patched_is_still_told_when_its_rollback_fails_half_way()
    {
        var job = NameOf(OperationStep.Rollback);
        var half = Failure("NotBroughtBack", "could not bring back lib 1") with { Changed = [Restored] };

        var record = Decide(InTurn(RollingBack().WaitingFor(job), Settings, Ended(job, half))).Status.LastOperation!;

        Assert.Equal([Upgraded], record.Changed);
        Assert.Equal([Restored], record.Rollback!.Changed);
    }

    [Fact]
    public void A_withdrawn_run_waits_for_the_package_manager_that_brings_back()
    {
        var job = NameOf(OperationStep.Rollback);
        var input = InTurn(RollingBack().WaitingFor(job), Settings, AtWork(job)) with { RunExists = false };

        Assert.Equal("withdrawn: the package manager finishes first", Decide(input).Why);
    }

    private static NodeInput Verifying(Facts.StepReport report)
    {
        var job = NameOf(OperationStep.Verify);
        var status = Scanned().InPhase(NodePhase.Verifying, record => record with { PatchedAt = Noon.AddMinutes(-5), Changed = [Upgraded] });
        return InTurn(status.WaitingFor(job), Settings, Ended(job, report));
    }

    private static NodePatchStatus RollingBack(Func<OperationRecord, OperationRecord>? also = null) => Scanned().InPhase(
        NodePhase.RollingBack,
        record => (also ?? (same => same))(record with
        {
            PatchedAt = Noon.AddMinutes(-5),
            Changed = [Upgraded],
            Rollback = new RollbackRecord { Step = OperationStep.Verify, Reason = "UpdatesMissing", Message = "missing: openssl 2", StartedAt = Noon.AddMinutes(-1) },
        }));
}
