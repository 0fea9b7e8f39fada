using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class RebootStepTests
{
    [Fact]
    public void A_reboot_is_proved_by_another_boot_ID_and_Ready_whatever_became_of_its_Job()
    {
        var killed = Ended("reboot") with { Problem = "exit 143" };

        Assert.Equal(NodePhase.Rebooting, Decide(Rebooting(Ours, killed)).Status.Phase);
        Assert.Equal(NodePhase.Rebooting, Decide(Rebooting(Ours with { BootId = "boot-2", Ready = false }, killed)).Status.Phase);
        var back = Decide(Rebooting(Ours with { BootId = "boot-2" }, killed));
        Assert.Equal(NodePhase.Verifying, back.Status.Phase);
        Assert.Equal(Noon, back.Status.LastOperation!.RebootedAt);
    }

    [Fact]
    public void A_reboot_Job_that_has_not_run_yet_never_reboots_a_second_time() =>
        Assert.Equal(new DeleteJob("reboot"), Decide(Rebooting(Ours with { BootId = "boot-2" }, AtWork("reboot"))).Effects[0]);

    [Fact]
    public void A_node_that_reboots_is_looked_at_again_when_its_time_is_over()
    {
        var input = Rebooting(Ours, Ended("reboot"));
        var wakeUp = Decide(input).WakeUp!.Value;

        Assert.Equal(NodePhase.Rebooting, Decide(input with { Now = Noon + wakeUp - TimeSpan.FromSeconds(1) }).Status.Phase);
        Assert.Equal(NodePhase.Failed, Decide(input with { Now = Noon + wakeUp }).Status.Phase);
    }

    [Fact]
    public void A_reboot_that_the_host_refuses_fails_at_once()
    {
        var decision = Decide(Rebooting(Ours, Ended("reboot", Failure("RebootRefused", "an inhibitor lock is held"))));

        Assert.Equal((OperationStep.Reboot, "RebootRefused"), (decision.Status.LastOperation!.Step!.Value, decision.Status.LastOperation.Reason));
    }

    [Theory]
    [InlineData(RebootMode.Always, DrainMode.WhenRebooting)]
    [InlineData(RebootMode.IfRequired, DrainMode.WhenRebooting)]
    [InlineData(RebootMode.Always, DrainMode.Always)]
    public void A_crash_after_the_reboot_was_asked_for_does_not_reboot_twice(RebootMode mode, DrainMode drain)
    {
        var status = Scanned().NeedingReboot().InPhase(NodePhase.Draining, record => record with { PatchedAt = Noon });
        var input = InTurn(status, Settings(mode, drain)) with { Drain = new DrainFacts([]) };
        var asked = Assert.IsType<CreateJob>(Assert.Single(Decide(input).Effects)).Job;
        Assert.Equal((NameOf(OperationStep.Reboot), "boot-1"), (asked.Name, asked.BootId));

        // Whether the Job has rebooted the node or somebody else has while the Job is still to do it.
        foreach (var made in new[] { Ended(asked.Name), AtWork(asked.Name) })
        {
            var after = Decide(
                input with { Node = Ours with { BootId = "boot-2" }, Jobs = new Dictionary<string, JobFacts> { [asked.Name] = made with { BootId = asked.BootId } } });
            Assert.Empty(after.Effects);
            Assert.Equal((NodePhase.Rebooting, "boot-1"), (after.Status.Phase, after.Status.BootIdBefore));
        }
    }

    [Theory]
    [InlineData("boot-1", "it has not rebooted")]
    [InlineData("boot-2", "it has rebooted, but is not Ready")]
    public void A_node_that_does_not_come_back_fails_and_stays_cordoned(string bootId, string words)
    {
        var decision = Decide(Rebooting(Ours with { Ready = false, BootId = bootId }) with { Now = Noon.AddMinutes(10) });

        Assert.Equal((NodePhase.Failed, Reasons.RebootTimedOut), (decision.Status.Phase, decision.Status.LastOperation!.Reason));
        Assert.Contains(words, decision.Status.LastOperation.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(new Uncordon(Key), decision.Effects);
    }

    /// <summary>Case P2, before the turn has begun to drain: the finding is of an earlier boot.</summary>
    [Theory]
    [InlineData("boot-1", NodePhase.Draining)]
    [InlineData("boot-2", NodePhase.Patching)]
    public void A_boot_later_than_the_finding_satisfies_it(string bootId, NodePhase expected) =>
        Assert.Equal(expected, Decide(Input(Ours with { BootId = bootId }, Asked(), Scanned(Package("openssl")).NeedingReboot())).Status.Phase);

    private static NodeInput Rebooting(NodeFacts node, params JobFacts[] jobs)
    {
        var status = Scanned()
            .InPhase(NodePhase.Rebooting, record => record with { PatchedAt = Noon, DrainedAt = Noon })
            .WaitingFor("reboot") with
        { BootIdBefore = "boot-1" };
        return Input(node, Asked(), status, jobs);
    }
}
