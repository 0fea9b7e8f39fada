using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class TurnTests
{
    private static readonly RefusedRequest Refused = new() { Since = Noon.AddMinutes(-10), Message = "webhook policy.example.com: connection refused" };

    [Theory]
    [InlineData(DrainMode.Always, RebootMode.Never, "False", NodePhase.Draining)]
    [InlineData(DrainMode.Never, RebootMode.Always, "False", NodePhase.Patching)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.Always, "False", NodePhase.Draining)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.IfRequired, "False", NodePhase.Patching)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.IfRequired, "True", NodePhase.Draining)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.Never, "True", NodePhase.Patching)]
    public void A_turn_cordons_and_drains_first_when_it_is_known_that_it_must(DrainMode drain, RebootMode reboot, string rebootRequired, NodePhase expected)
    {
        var decision = Decide(Input(ANode(), Asked(Settings(reboot, drain)), Scanned(Package("openssl")).NeedingReboot(rebootRequired)));

        Assert.Equal(new Cordon(Key, "workers-run"), decision.Effects[0]);
        Assert.Equal(expected, decision.Status.Phase);
        Assert.Equal((ComplianceState.NonCompliant, Reasons.OperationInProgress), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
        Assert.Equal(new EngineEvent(Reasons.OperationInProgress, "run workers-run starts on the node"), Assert.Single(decision.Events));
    }

    [Fact]
    public void A_node_that_somebody_else_cordoned_is_not_cordoned_again() =>
        Assert.DoesNotContain(Decide(Input(ANode().CordonedBy(null), Asked(), Scanned(Package("openssl")))).Effects, effect => effect is Cordon);

    [Fact]
    public void A_crash_after_the_cordon_leads_to_the_same_turn() =>
        Assert.Equal(
            NameOf(OperationStep.Patch), Assert.IsType<CreateJob>(Assert.Single(Decide(Input(Ours, Asked(), Scanned(Package("openssl")))).Effects)).Job.Name);

    [Fact]
    public void A_crash_after_the_first_Job_leads_to_the_same_Job_without_an_owner()
    {
        var request =
            Assert.IsType<CreateJob>(Assert.Single(Decide(Input(Ours, Asked(), Scanned(Package("openssl")), AtWork(NameOf(OperationStep.Patch)))).Effects)).Job;

        Assert.Equal((NameOf(OperationStep.Patch), null), (request.Name, request.Owner));
    }

    [Fact]
    public void A_node_uncordoned_in_the_middle_of_its_turn_is_cordoned_again() =>
        Assert.Equal(
            [new Cordon(Key, "workers-run")],
            Decide(Input(ANode(), Asked(), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), AtWork("patch"))).Effects);

    [Fact]
    public void Every_Job_of_a_turn_is_owned_by_its_first()
    {
        var patch = Ended(NameOf(OperationStep.Patch), Done());
        var decision = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor(patch.Name), null, patch));

        Assert.Equal((patch.Name, patch.Uid), decision.Effects.OfType<CreateJob>().Single().Job.Owner);
    }

    [Theory]
    [InlineData(NodePhase.Idle, 10, true)]
    [InlineData(NodePhase.Idle, 9, false)]
    [InlineData(NodePhase.Draining, 30, true)]
    [InlineData(NodePhase.Draining, 29, false)]
    public void A_turn_fails_at_its_deadline_over_what_is_refused(NodePhase phase, int minutes, bool fails)
    {
        // Idle: nothing of the turn has been written down yet, for its first Job was refused.
        var before = phase == NodePhase.Idle ? Scanned(Package("openssl")) : Scanned(Package("openssl")).InPhase(phase) with { PhaseSince = Noon };
        var input =
            Input(Ours, Asked(), before with { Refused = Refused with { Since = Noon } }) with { Drain = new DrainFacts([]), Now = Noon.AddMinutes(minutes) };

        var decision = Decide(input);

        Assert.Equal(fails, decision.Status.Phase == NodePhase.Failed);
        if (fails)
        {
            Assert.Equal((Reasons.ApiRefused, Refused.Message), (decision.Status.LastOperation!.Reason, decision.Status.LastOperation.Message));
            Assert.Equal((ComplianceState.Failed, Reasons.ApiRefused), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
            Assert.Equal(Reasons.ApiRefused, decision.Events[^1].Reason);
        }
    }

    [Fact]
    public void A_turn_that_ends_over_a_refusal_ends_though_everything_is_refused_and_the_node_is_given_back_after_that()
    {
        var ended = Decide(Input(Ours, Asked(), Scanned(Package("openssl")) with { Refused = Refused }));
        Assert.Empty(ended.Effects);
        Assert.Equal(TimeSpan.Zero, ended.WakeUp);

        var after = Decide(Input(Ours, Asked(), ended.Status));
        Assert.Equal([new Uncordon(Key)], after.Effects);
    }

    [Fact]
    public void A_package_manager_at_work_is_waited_for_whatever_is_refused_meanwhile()
    {
        var status = Scanned().InPhase(NodePhase.Patching).WaitingFor("patch") with { Refused = Refused };

        Assert.Equal(NodePhase.Patching, Decide(Input(ANode(), Asked(), status, AtWork("patch"))).Status.Phase);
    }

    [Fact]
    public void A_failed_turn_takes_away_what_has_not_run_before_pods_may_come_back_and_leaves_the_rest_to_be_looked_at()
    {
        var status = Scanned()
            .InPhase(NodePhase.Rebooting, record => record with { PatchedAt = Noon, DrainedAt = Noon })
            .WaitingFor("reboot") with
        { BootIdBefore = "boot-1" };
        var decision = Decide(InTurn(status, null, AtWork("reboot"), Ended("patch", Done())) with { Now = Noon.AddMinutes(10) });

        Assert.Equal([new DeleteJob("reboot"), new Uncordon(Key)], decision.Effects);
        Assert.DoesNotContain(Decide(InTurn(decision.Status, null, Ended("patch", Done()))).Effects, effect => effect is DeleteJob);
    }

    [Fact]
    public void The_Jobs_of_a_turn_go_once_its_end_is_written_down_and_with_the_first_all_of_them()
    {
        var first = Ended(NameOf(OperationStep.Patch), Done());
        var verify = Ended(NameOf(OperationStep.Verify), Done()) with { Owner = first.Uid };
        var status = Scanned().InPhase(NodePhase.Verifying, record => record with { PatchedAt = Noon.AddMinutes(-1) }).WaitingFor(verify.Name);

        var succeeded = Decide(InTurn(status, null, first, verify));
        Assert.Equal([new Uncordon(Key)], succeeded.Effects);
        Assert.Equal(TimeSpan.Zero, succeeded.WakeUp);

        Assert.Equal([new DeleteJob(first.Name)], Decide(Input(ANode(), Asked(), succeeded.Status, first, verify)).Effects);
        // It is gone, and the garbage collector has not come to the other yet.
        Assert.Empty(Decide(Input(ANode(), Asked(), succeeded.Status, verify)).Effects);
    }

    [Fact]
    public void A_crash_between_the_uncordon_and_the_record_of_success_does_not_cordon_the_node_again()
    {
        var status = Scanned().InPhase(NodePhase.Verifying, record => record with { PatchedAt = Noon.AddMinutes(-1) }).WaitingFor("verify");
        var decision = Decide(Input(ANode(), Asked(), status, Ended("verify", Done())));

        Assert.Empty(decision.Effects);
        Assert.Equal(OperationResult.Succeeded, decision.Status.LastOperation!.Result);
    }

    [Fact]
    public void A_node_that_an_administrator_had_cordoned_stays_cordoned()
    {
        var status = Scanned().InPhase(NodePhase.Verifying, record => record with { PatchedAt = Noon.AddMinutes(-1) }).WaitingFor("verify");
        var decision = Decide(Input(ANode().CordonedBy(null), Asked(), status, Ended("verify", Done())));

        Assert.Empty(decision.Effects);
        Assert.Equal(OperationResult.Succeeded, decision.Status.LastOperation!.Result);
    }

    [Fact]
    public void A_message_of_any_length_fits_the_schema()
    {
        var job = Ended("patch", Failure("PackageManagerFailed", new string('x', 5000)));
        var status = Decide(InTurn(Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), null, job)).Status;

        Assert.Equal(1024, status.LastOperation!.Message!.Length);
        Assert.All(status.Conditions, condition => Assert.InRange(condition.Message.Length, 1, 1024));
        Assert.InRange(status.Compliance!.Message.Length, 1, 1024);
    }
}
