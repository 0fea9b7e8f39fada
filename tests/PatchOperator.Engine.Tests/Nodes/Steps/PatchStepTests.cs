using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class PatchStepTests
{
    [Theory]
    [InlineData(RebootMode.IfRequired, false, NodePhase.Verifying)]
    [InlineData(RebootMode.IfRequired, true, NodePhase.Draining)]
    [InlineData(RebootMode.Never, true, NodePhase.Verifying)]
    public void After_patching_the_node_is_rebooted_where_that_is_due(RebootMode mode, bool due, NodePhase expected)
    {
        var decision = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), Settings(mode), Ended("patch", Done(due))));

        Assert.Equal(expected, decision.Status.Phase);
        Assert.Equal((Noon, Noon), (decision.Status.LastOperation!.PatchedAt!.Value, decision.Status.PhaseSince!.Value));
        Assert.Equal("openssl", Assert.Single(decision.Status.LastOperation.Changed).Name);
        Assert.Equal("new", decision.Status.LastScan!.PatchLevel);
    }

    /// <summary>Case P2: what the patch step found due, a boot since then has settled.</summary>
    [Fact]
    public void A_node_that_somebody_rebooted_after_it_was_patched_is_not_rebooted_again()
    {
        var patch = Ended("patch", Done(true)) with { BootId = "boot-1" };
        var decision = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, patch) with { Node = Ours with { BootId = "boot-2" } });

        Assert.Equal(NodePhase.Verifying, decision.Status.Phase);
    }

    [Fact]
    public void A_run_that_is_for_a_reboot_alone_installs_nothing()
    {
        var asked = Asked() with { Operation = Asked().Operation! with { Updates = [], Settings = Settings(drain: DrainMode.Never) } };

        Assert.Equal(OperationStep.Reboot, Decide(Input(Ours, asked, Scanned().NeedingReboot())).Effects.OfType<CreateJob>().Single().Job.Step);
    }

    [Theory]
    [InlineData(UpdateFreeze.Strict)]
    [InlineData(UpdateFreeze.AtLeast)]
    [InlineData(UpdateFreeze.None)]
    public void The_agent_is_told_what_may_take_the_place_of_a_planned_version(UpdateFreeze freeze)
    {
        var settings = Settings(drain: DrainMode.Never) with { Freeze = freeze };
        var job = Decide(Input(Ours, Asked(settings), Scanned(Package("openssl")))).Effects.OfType<CreateJob>().Single().Job;

        Assert.Equal((OperationStep.Patch, freeze), (job.Step, job.Freeze));
    }

    [Fact]
    public void What_was_installed_at_another_version_than_planned_is_in_the_record()
    {
        var report = Done() with { Substituted = [new SubstitutedVersion { Name = "openssl", Planned = "2", Installed = "3" }] };
        var decision = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, Ended("patch", report)));

        Assert.Equal(report.Substituted, decision.Status.LastOperation!.Substituted);
    }

    [Fact]
    public void A_failing_package_manager_fails_the_node_and_a_healthy_node_is_uncordoned()
    {
        var job = Ended("patch", Failure("RepositoryUnavailable", "http://mirror is down"));
        var decision = Decide(InTurn(Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), null, job));

        Assert.Equal([new Uncordon(Key)], decision.Effects);
        Assert.Equal((OperationStep.Patch, "RepositoryUnavailable", "http://mirror is down"),
            (decision.Status.LastOperation!.Step!.Value, decision.Status.LastOperation.Reason, decision.Status.LastOperation.Message));
        Assert.Equal(ComplianceState.Failed, decision.Status.Compliance!.State);
        Assert.Equal("RepositoryUnavailable", Assert.Single(decision.Events).Reason);
    }

    [Fact]
    public void A_failed_step_that_could_not_say_what_is_pending_makes_no_node_compliant()
    {
        var report = Failure("RepositoryUnavailable", "http://mirror is down") with { PatchLevel = "old", RebootRequired = false };
        var decision = Decide(InTurn(Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), null, Ended("patch", report)));

        Assert.Equal("openssl", Assert.Single(decision.Status.Pending).Name);
        Assert.Equal(Noon.AddHours(-1), decision.Status.LastScan!.Time);
        Assert.Equal(ComplianceState.Failed, decision.Status.Compliance!.State);
    }

    [Fact]
    public void What_a_failed_step_changed_and_found_is_kept()
    {
        var report = Done(false, Package("curl")) with { Succeeded = false, Reason = "PackageManagerFailed" };
        var decision = Decide(InTurn(Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), null, Ended("patch", report)));

        Assert.Equal(("openssl", "curl"), (Assert.Single(decision.Status.LastOperation!.Changed).Name, Assert.Single(decision.Status.Pending).Name));
    }
}
