using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

public class AdmissionsTests
{
    private static NodeView Deleting(string name)
    {
        var view = Pending(name);
        view.Patch!.Metadata.DeletionTimestamp = Noon.UtcDateTime;
        return view;
    }

    public static TheoryData<string, string, int, NodeView[], string[]> Table => new()
    {
        { "up to maxUnavailable, in the plan's order", "2", 100, [Pending("a"), Pending("b"), Pending("c")], ["a", "b"] },
        { "a share rounds down", "67%", 100, [Pending("a"), Pending("b"), Pending("c")], ["a", "b"] },
        { "a share is one at least", "1%", 100, [Pending("a"), Pending("b")], ["a"] },
        { "a node in flight has its slot", "2", 100, [InFlight("a"), Pending("b"), Pending("c")], ["b"] },
        { "a failed node gives its slot back", "1", 100, [Finished("a", OperationResult.Failed), Pending("b")], ["b"] },
        { "a node that is not Ready counts and cannot begin", "1", 100, [Pending("a").NotReady(), Pending("b")], [] },
        { "a cordoned node has its turn too, as it costs no more", "1", 100, [Pending("a").Cordoned(), Pending("b")], ["a"] },
        { "a cordoned node that is not in the way of others", "2", 100, [Pending("a").Cordoned(), Pending("b"), Pending("c")], ["a", "b"] },
        { "a cordoned fleet is not patched all at once", "1", 100, [Pending("a").Cordoned(), Pending("b").Cordoned(), Pending("c").Cordoned()], ["a"] },
        { "the budget of the cluster stands above the policy's", "3", 2, [Pending("a"), Pending("b"), Pending("c")], ["a", "b"] },
        { "another run has the node", "1", 100, [View("a", Scanned(Package("openssl")), Asked(runUid: "another")), Pending("b")], [] },
        { "the NodePatch is being deleted", "1", 100, [Deleting("a"), Pending("b")], ["b"] },
    };

    [Theory, MemberData(nameof(Table))]
    public void Which_nodes_are_admitted(string when, string maxUnavailable, int fleetBudget, NodeView[] views, string[] admitted)
    {
        var input = Input(Settings(maxUnavailable: maxUnavailable, failureThreshold: "9"), views) with { FleetBudget = fleetBudget };

        Assert.True(admitted.SequenceEqual(Admissions.Of(State(input)).Select(admission => admission.Node)), when);
    }

    [Fact]
    public void A_node_of_another_policy_takes_from_the_budget_of_the_cluster() =>
        Assert.Empty(Admissions.Of(State(Input(Settings(maxUnavailable: "3"), Pending("a")) with { FleetUnavailable = 2, FleetBudget = 2 })));

    [Fact]
    public void What_is_asked_of_a_node_is_what_the_plan_has_for_it()
    {
        var input = Input(Settings(), Pending("a"));

        var operation = Assert.Single(Admissions.Of(State(input))).Operation!;

        Assert.Equal(("workers-20261120", RunUid), (operation.Run, operation.RunUid));
        Assert.Equal(new NodeUpdate { Name = "openssl", Version = "2" }, Assert.Single(operation.Updates));
        Assert.Same(input.Settings, operation.Settings);
    }

    public static TheoryData<string, int, NodeView[], string> Blocks => new()
    {
        { "1", 100, [Pending("a").NotReady(), Pending("b")], "no slot is free: maxUnavailable is 1 and these are unavailable: a (not Ready)" },
        {
            "2", 100, [View("a", Scanned(), Asked(runUid: "another")), View("b", Scanned()).Cordoned(), Pending("c")],
            "no slot is free: maxUnavailable is 2 and these are unavailable: a (in an operation), b (cordoned)"
        },
        { "3", 1, [Pending("a").NotReady(), Pending("b")], "the cluster-wide budget of 1 unavailable nodes is used up" },
        {
            "3", 100, [Pending("a").NotReady(), View("b", Scanned(Package("openssl")), Asked(runUid: "another")), Deleting("c")],
            "3 nodes cannot begin yet: a (not Ready), b (in an operation), c (its NodePatch is being made anew)"
        },
    };

    [Theory, MemberData(nameof(Blocks))]
    public void Why_none_is_admitted_is_said_in_words(string maxUnavailable, int fleetBudget, NodeView[] views, string message)
    {
        var state = State(Input(Settings(maxUnavailable: maxUnavailable), views) with { FleetBudget = fleetBudget });

        Assert.Empty(Admissions.Of(state));
        Assert.Equal(message, Admissions.Blocked(state));
    }

    private static RunState State(RunInput input) => new(input, new RunNodes(input), Acknowledged: 0);
}
