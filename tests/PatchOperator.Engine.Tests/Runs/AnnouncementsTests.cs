using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>Which nodes are tainted as those that come next.</summary>
public class AnnouncementsTests
{
    private const string Run = "workers-20261120";

    [Fact]
    public void As_many_as_maxUnavailable_that_come_next_are_tainted() =>
        Assert.Equal(["+c", "+d"], Of(Input(Settings(maxUnavailable: "2"), Pending("a"), Pending("b"), Pending("c"), Pending("d"), Pending("e"))));

    [Fact]
    public void A_node_keeps_the_taint_through_its_turn_and_those_behind_it_follow() => Assert.Equal(
        ["+d"],
        Of(Input(Settings(maxUnavailable: "2"), Tainted(InFlight("a")), Tainted(Pending("b")), Tainted(Pending("c")), Pending("d"), Pending("e"))));

    [Fact]
    public void One_that_cannot_be_drained_does_not_come_next() => Assert.Equal(
        ["-a", "+c"], Of(Input(Settings(), Tainted(Pending("a")), Pending("b"), Pending("c")).Knowing(("a", false), ("b", true))));

    [Fact]
    public void A_cordoned_node_takes_no_pods_anyway() => Assert.Empty(Of(Input(Settings(), InFlight("a"), Pending("b").Cordoned())));

    [Fact]
    public void Where_nothing_is_drained_nothing_is_tainted() => Assert.Empty(Of(Input(Settings(drain: DrainMode.Never), Pending("a"), Pending("b"))));

    [Theory]
    [InlineData("paused")]
    [InlineData("cancelled")]
    [InlineData("the window takes no more nodes")]
    [InlineData("the window is closed")]
    [InlineData("superseded")]
    [InlineData("the policy is going")]
    [InlineData("waits for its approval")]
    [InlineData("the plan is gone")]
    public void When_no_node_may_begin_none_comes_next(string when)
    {
        var input = Input(Settings(maxUnavailable: "2"), Tainted(Pending("a")), Tainted(Pending("b")), Tainted(InFlight("c")));

        Assert.Equal(
            ["-a", "-b"],
            Of(when switch
            {
                "paused" => input.Saying(spec => spec with { Paused = true }),
                "cancelled" => input.Saying(spec => spec with { Cancelled = true }),
                "the window takes no more nodes" => input with { Windows = Named(ClosingWindow()) },
                "the window is closed" => input with { Windows = Named(ClosedWindow()) },
                "superseded" => input with { Policy = Edited() },
                "the policy is going" => input with { Policy = null },
                "waits for its approval" => input.Planned(plan => plan with { Approval = ApprovalMode.Manual }),
                _ => input with { Plan = null },
            }));
    }

    private static string[] Of(RunInput input)
    {
        var tainted = input.Members.Members.Values.Where(view => view.Node.AnnouncedBy == Run);
        return
        [
            .. RunDecider.Decide(input with { Announced = () => tainted }, []).Effects
                .Select(effect => effect is Announce announce ? $"+{announce.Node.Name}" : effect is Unannounce ended ? $"-{ended.Node.Name}" : "")
                .Where(text => text.Length > 0),
        ];
    }

    private static NodeView Tainted(NodeView view) => view with { Node = view.Node with { AnnouncedBy = Run } };
}
