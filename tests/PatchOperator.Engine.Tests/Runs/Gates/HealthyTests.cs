using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class HealthyTests
{
    private static readonly PlanWave Canary = new() { Name = "canary", Checks = [] };
    private static readonly PlanWave Rest = new() { Name = "rest" };

    public static TheoryData<string, NodeView[], CheckTime, HealthFacts?, string> Table => new()
    {
        { "all is well", [Pending("a"), Pending("b")], CheckTime.BeforeWave, HealthFacts.Well, "go" },
        { "it fails before the first node", [Pending("a"), Pending("b")], CheckTime.BeforeWave, Ill, "not yet, Running: check api fails: ApiDown; 2 nodes wait" },
        { "a node has begun", [InFlight("a"), Pending("b")], CheckTime.BeforeWave, Ill, "go" },
        { "a node has begun, and it is asked before each", [InFlight("a"), Pending("b")], CheckTime.BeforeNode, Ill, "not yet, Running: check api fails: ApiDown; 1 nodes wait" },
        { "nobody waits", [InFlight("a")], CheckTime.BeforeNode, Ill, "go" },
        { "it is not known", [Pending("a")], CheckTime.BeforeWave, new HealthFacts(null, "no answer"), "not yet, Running: check api cannot be evaluated: no answer; 1 nodes wait" },
        { "it has not been asked", [Pending("a")], CheckTime.BeforeNode, null, "not yet, Running: check api cannot be evaluated: it has not been asked yet; 1 nodes wait" },
        { "it is for soaks alone", [Pending("a")], CheckTime.Soak, Ill, "go" },
    };

    private static HealthFacts Ill => new(false, "ApiDown");

    [Theory, MemberData(nameof(Table))]
    public void Nodes_begin_only_while_the_checks_before_them_pass(string when, NodeView[] views, CheckTime time, HealthFacts? found, string says) =>
        Assert.True(says == GateWords.Of(new Healthy(), Input(Settings(), views).Checked(found, time)), when);

    [Fact]
    public void A_wave_has_the_checks_that_it_names()
    {
        var input = Input(Settings(), Pending("c"), Pending("r")).InWaves(Canary, Rest).Checked(Ill, CheckTime.BeforeWave);

        Assert.Equal("go", GateWords.Of(new Healthy(), input));
        Assert.Equal("not yet, Running: check api fails: ApiDown; 1 nodes wait", GateWords.Of(
            new Healthy(),
            Input(Settings(), Finished("c", OperationResult.Succeeded), Pending("r")).InWaves(Canary, Rest).AfterWave("canary", 1).Checked(Ill, CheckTime.BeforeWave)));
    }

    [Fact]
    public void A_check_that_fails_is_asked_again_and_told_of_once()
    {
        var input = Input(Settings(), Pending("a")).Checked(Ill, CheckTime.BeforeNode);

        var first = RunDecider.Decide(input, []);
        Assert.Equal(RunChecks.Interval, first.WakeUp);
        Assert.Contains(first.Events, said => said is { Reason: Reasons.HealthCheckFailing, Warning: true, Message: "check api fails: ApiDown" });
        Assert.Equal(new RunCheck { Name = "api", State = RunCheckState.Failing, Since = Noon, Message = "ApiDown" }, Assert.Single(first.Status.Checks));

        input.Run.Status = first.Status;
        Assert.DoesNotContain(RunDecider.Decide(input, []).Events, said => said.Reason == Reasons.HealthCheckFailing);

        var well = RunDecider.Decide(input.Checked(HealthFacts.Well, CheckTime.BeforeNode), []);
        Assert.Contains(well.Events, said => said is { Reason: Reasons.HealthCheckPassing, Warning: false, Message: "check api passes" });
        Assert.Null(Assert.Single(well.Status.Checks).Message);
        Assert.Contains(well.Status.Timeline, entry => entry.Event == "Check api passes");
    }
}
