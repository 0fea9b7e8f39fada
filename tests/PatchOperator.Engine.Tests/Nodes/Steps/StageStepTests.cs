using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class StageStepTests
{
    private static readonly RunSettings Staged = Settings(drain: DrainMode.Always) with { Staging = StagingMode.InWindow, PatchTimeout = "45m" };

    [Fact]
    public void A_turn_begins_by_downloading_and_the_node_is_not_cordoned_yet()
    {
        var decision = Decide(Input(ANode(), Asked(Staged), Scanned(Package("openssl"))));

        Assert.Equal((NodePhase.Staging, NameOf(OperationStep.Stage)), (decision.Status.Phase, decision.Status.Job));
        var job = Assert.IsType<CreateJob>(Assert.Single(decision.Effects)).Job;
        Assert.Equal((OperationStep.Stage, TimeSpan.FromMinutes(45)), (job.Step, job.Timeout));
        Assert.Equal(Asked().Operation!.Updates, job.Updates);
    }

    [Fact]
    public void What_is_downloaded_hands_on_to_the_step_that_cordons()
    {
        var decision = Decide(UnderWay(new StepReport { Succeeded = true, Reason = "Completed", Message = "1 updates are downloaded" }));

        Assert.Equal((NodePhase.Draining, Noon), (decision.Status.Phase, decision.Status.LastOperation!.StagedAt));
        Assert.IsType<Cordon>(decision.Effects[0]);
    }

    [Fact]
    public void What_cannot_be_downloaded_fails_the_turn_and_the_node_stays_as_it_is()
    {
        var decision = Decide(UnderWay(new StepReport { Succeeded = false, Reason = "RepositoryUnavailable", Message = "the mirror is down" }));

        Assert.Equal((NodePhase.Failed, OperationStep.Stage, "RepositoryUnavailable"),
            (decision.Status.Phase, decision.Status.LastOperation!.Step, decision.Status.LastOperation.Reason));
        Assert.DoesNotContain(decision.Effects, effect => effect is Cordon or Evict or CreateJob);
    }

    [Theory]
    [InlineData("1Mi", NodePhase.Draining)]
    [InlineData(null, NodePhase.Failed)]
    public void What_is_slow_as_it_was_asked_to_be_is_downloaded_as_it_is_installed(string? bandwidth, NodePhase expected)
    {
        var slow = UnderWay(new StepReport { Succeeded = false, Reason = "TimedOut", Message = "the step took longer than its 2700 seconds" });
        var turn = InTurn(slow.Status, Staged with { StagingBandwidth = bandwidth }, slow.Jobs.Values.Single()) with { Node = ANode() };

        Assert.Equal(expected, Decide(turn).Status.Phase);
    }

    [Theory]
    [InlineData("nothing is asked for", null, 1)]
    [InlineData("it is a reboot alone", StagingMode.InWindow, 0)]
    public void Nothing_is_downloaded_beforehand_where_there_is_nothing_to(string what, StagingMode? staging, int updates)
    {
        var asked = Asked(Settings(drain: DrainMode.Never) with { Staging = staging });
        asked = asked with { Operation = asked.Operation! with { Updates = [.. asked.Operation.Updates.Take(updates)] } };

        Assert.True(Decide(Input(Ours, asked, Scanned(Package("openssl")).NeedingReboot())).Status.Phase != NodePhase.Staging, what);
    }

    private static Engine.Nodes.NodeInput UnderWay(StepReport report)
    {
        var status = Scanned(Package("openssl")).InPhase(NodePhase.Staging).WaitingFor("stage");
        return InTurn(status, Staged, Ended("stage", report)) with { Node = ANode() };
    }
}
