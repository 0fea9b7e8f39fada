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
        { "a cordoned node waits for one that another run has", "1", 100, [View("a", Scanned(Package("openssl")), Asked(runUid: "another")), Pending("b").Cordoned()], [] },
        { "the NodePatch is being deleted", "1", 100, [Deleting("a"), Pending("b")], ["b"] },
        { "the NodePatch was made anew, and the node is not scanned yet", "1", 100, [View("a", new NodePatchStatus()), Pending("b")], ["b"] },
    };

    [Theory, MemberData(nameof(Table))]
    public void Which_nodes_are_admitted(string when, string maxUnavailable, int fleetBudget, NodeView[] views, string[] admitted)
    {
        var input = Input(Settings(maxUnavailable: maxUnavailable, failureThreshold: "9"), views) with { FleetBudget = fleetBudget };

        Assert.True(admitted.SequenceEqual(Admissions.Of(State(input)).Admitted.Select(admission => admission.Node)), when);
    }

    /// <summary>Its NodePatch alone tells how its turn in the other ended, and is about to be written over.</summary>
    [Fact]
    public void A_node_whose_turn_in_another_run_is_not_recorded_yet_waits_for_that()
    {
        var moved = View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Succeeded, "another") });
        var state = State(Input(Settings(), moved) with { AwaitsRecord = patch => patch == moved.Patch });

        Assert.Empty(Admissions.Of(state).Admitted);
        Assert.Equal("1 nodes cannot begin yet: a (its last turn is being recorded)", Admissions.Blocked(state, []));
        Assert.Single(Admissions.Of(State(Input(Settings(), moved))).Admitted);
    }

    [Fact]
    public void A_node_of_another_policy_takes_from_the_budget_of_the_cluster() =>
        Assert.Empty(Admissions.Of(State(Input(Settings(maxUnavailable: "3"), Pending("a")) with { FleetUnavailable = 2, FleetBudget = 2 })).Admitted);

    [Fact]
    public void What_is_asked_of_a_node_is_what_the_plan_has_for_it()
    {
        var input = Input(Settings(), Pending("a"));

        var operation = Assert.Single(Admissions.Of(State(input)).Admitted).Operation!;

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
        { "1", 100, [View("a", new NodePatchStatus())], "1 nodes cannot begin yet: a (not scanned yet)" },
    };

    [Theory, MemberData(nameof(Blocks))]
    public void Why_none_is_admitted_is_said_in_words(string maxUnavailable, int fleetBudget, NodeView[] views, string message)
    {
        var state = State(Input(Settings(maxUnavailable: maxUnavailable), views) with { FleetBudget = fleetBudget });

        Assert.Empty(Admissions.Of(state).Admitted);
        Assert.Equal(message, Admissions.Blocked(state, []));
    }

    public static TheoryData<string, string?, NodeView[], string[]> Waves => new()
    {
        { "the first wave alone", null, [Pending("c1"), Pending("c2"), Pending("r1")], ["c1", "c2"] },
        { "the second waits for the last node of the first", null, [Finished("c1", OperationResult.Succeeded), InFlight("c2"), Pending("r1")], [] },
        { "the second once the first is done", null, [Finished("c1", OperationResult.Succeeded), Finished("c2", OperationResult.Failed), Pending("r1")], ["r1"] },
        { "the second though nobody of the first needs anything any more", null, [View("c1", Scanned()), Pending("r1")], ["r1"] },
        { "as many as the wave's own budget", "1", [Pending("c1"), Pending("c2"), Pending("r1")], ["c1"] },
        { "a share of the wave rounds down", "50%", [Pending("c1"), Pending("c2"), Pending("c3")], ["c1"] },
        { "a node of the wave that is unavailable counts", "1", [Pending("c1").NotReady(), Pending("c2")], [] },
        { "so does one that is not to be patched any more", "1", [View("c1", Scanned()).Cordoned(), Pending("c2")], [] },
        { "a cordoned node has its turn too", "1", [Pending("c1").Cordoned(), Pending("c2")], ["c1"] },
        { "cordoned nodes are not patched all at once", "1", [Pending("c1").Cordoned(), Pending("c2").Cordoned()], ["c1"] },
    };

    [Theory, MemberData(nameof(Waves))]
    public void Of_waves_one_after_the_other_is_admitted(string when, string? maxUnavailable, NodeView[] views, string[] admitted)
    {
        var input = Input(Settings(maxUnavailable: "3", failureThreshold: "9"), views)
            .InWaves(new PlanWave { Name = "canary", MaxUnavailable = Share(maxUnavailable) }, new PlanWave { Name = "rest" });

        Assert.True(admitted.SequenceEqual(Admissions.Of(State(input)).Admitted.Select(admission => admission.Node)), when);
    }

    [Fact]
    public void A_node_that_comes_back_after_its_wave_has_its_turn_beside_the_next()
    {
        var input = Input(Settings(maxUnavailable: "9"), Pending("c1"), Finished("c2", OperationResult.Succeeded), Pending("r1"), Pending("s1"))
            .InWaves(new PlanWave { Name = "canary" }, new PlanWave { Name = "rest" }, new PlanWave { Name = "slow" })
            .AfterWave("canary", 5);

        Assert.Equal(["c1", "r1"], Admissions.Of(State(input)).Admitted.Select(admission => admission.Node));
    }

    public static TheoryData<string, NodeView[], string[]> Zones => new()
    {
        { "the zone of the first", [Pending("a").InZone("1"), Pending("b").InZone("1"), Pending("c").InZone("2")], ["a", "b"] },
        { "the zone that is under way", [Pending("a").InZone("1"), InFlight("b").InZone("2"), Pending("c").InZone("2")], ["c"] },
        { "the zone that is impaired, whoever made it so", [Pending("a").InZone("1"), View("b", Scanned()).Cordoned().InZone("2"), Pending("c").InZone("2")], ["c"] },
        { "none while two are impaired", [Pending("a").NotReady().InZone("1"), View("b", Scanned()).Cordoned().InZone("2"), Pending("c").InZone("2")], [] },
        { "nodes without the label are a zone of their own", [Pending("a"), Pending("b"), Pending("c").InZone("1")], ["a", "b"] },
    };

    [Theory, MemberData(nameof(Zones))]
    public void Of_zones_one_at_a_time_has_nodes_that_are_unavailable(string which, NodeView[] views, string[] admitted)
    {
        var input = Input(Settings(maxUnavailable: "9"), views).Planned(plan => plan with { TopologyKey = "zone" });

        Assert.True(admitted.SequenceEqual(Admissions.Of(State(input)).Admitted.Select(admission => admission.Node)), which);
    }

    [Fact]
    public void That_a_zone_or_a_waves_budget_is_in_the_way_is_said_in_words()
    {
        var zones = Input(Settings(maxUnavailable: "9"), Pending("a").InZone("1"), View("b", Scanned()).Cordoned().InZone("2")).Planned(plan => plan with { TopologyKey = "zone" });
        var wave = Input(Settings(maxUnavailable: "9"), View("c1", Scanned()).Cordoned(), Pending("c2")).InWaves(new PlanWave { Name = "canary", MaxUnavailable = "1" });

        Assert.Equal("one value of zone at a time has unavailable nodes, and these are of another than 1: b (2)", Admissions.Blocked(State(zones), []));
        Assert.Equal("no slot is free in wave canary: its maxUnavailable is 1, and 1 of its nodes are unavailable", Admissions.Blocked(State(wave), []));
    }

    private static RunState State(RunInput input) => new(input, new RunNodes(input), Acknowledged: 0);
}
