using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class PlanIsWantedTests
{
    private const string GivesWay =
        "end, Superseded: 1 nodes and 1 updates would be planned now, others than the 1 and 2 of this plan, which nobody has approved; the next run asks again";

    private static RunInput Waiting(Func<PatchPlanSpec, PatchPlanSpec?> wanted)
    {
        var input = Input(Settings(), Pending("a")).Planned(plan => plan with { Approval = ApprovalMode.Manual });
        return input with { Now = Noon.AddHours(1), Wanted = () => wanted(input.Plan!.Spec) };
    }

    private static PatchPlanSpec OneUpdate(PatchPlanSpec plan) => plan with { Updates = [.. plan.Updates.Take(1)] };

    public static TheoryData<string, Func<PatchPlanSpec, PatchPlanSpec?>, string> Table => new()
    {
        { "the same", plan => plan with { Nodes = [.. plan.Nodes], Updates = [.. plan.Updates] }, "go" },
        { "nothing", _ => null, "go" },
        { "settings that an upgrade of the operator has brought", plan => plan with { Settings = Settings(maxUnavailable: "9") }, "go" },
        { "other updates", OneUpdate, GivesWay },
        {
            "other nodes", plan => plan with { Nodes = [] },
            "end, Superseded: 0 nodes and 2 updates would be planned now, others than the 1 and 2 of this plan, which nobody has approved; the next run asks again"
        },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_plan_that_nobody_has_approved_gives_way_to_what_is_needed_now(string wanted, Func<PatchPlanSpec, PatchPlanSpec?> plan, string says) =>
        Assert.True(says == GateWords.Of(new PlanIsWanted(), Waiting(plan)), wanted);

    [Fact]
    public void What_is_approved_is_carried_out_whatever_has_come_since() =>
        Assert.Equal("go", GateWords.Of(new PlanIsWanted(), Waiting(OneUpdate).Saying(spec => spec with { Approvals = [Approval(Digest)] })));

    [Fact]
    public void Where_nobody_is_asked_the_plan_stays() =>
        Assert.Equal("go", GateWords.Of(new PlanIsWanted(), Waiting(OneUpdate).Planned(plan => plan with { Approval = ApprovalMode.Automatic })));

    [Fact]
    public void A_window_that_has_closed_supersedes_nothing() =>
        Assert.Equal("go", GateWords.Of(new PlanIsWanted(), Waiting(OneUpdate) with { Windows = Named(ClosedWindow()) }));

    /// <summary>Scans of a fleet take their time, and each tells a little more.</summary>
    [Fact]
    public void A_plan_stays_for_an_hour_in_which_somebody_can_approve_it_and_is_then_looked_at_again()
    {
        var early = Waiting(OneUpdate) with { Now = Noon.AddMinutes(59) };

        Assert.Equal("go", GateWords.Of(new PlanIsWanted(), early));
        Assert.Equal(TimeSpan.FromMinutes(1), RunDecider.Decide(early, []).WakeUp);
    }

    [Fact]
    public void A_plan_that_does_nothing_for_any_node_any_more_gives_way_at_once()
    {
        var done = Input(Settings(), View("a", Scanned(Package("openssl", "9", installed: "5")))).Planned(plan => plan with { Approval = ApprovalMode.Manual });

        Assert.Equal(GivesWay, GateWords.Of(new PlanIsWanted(), done with { Wanted = () => OneUpdate(done.Plan!.Spec) }));
    }
}
