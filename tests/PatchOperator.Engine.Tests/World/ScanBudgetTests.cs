using PatchOperator.Api;
using PatchOperator.Engine.Tests.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.World;

public class ScanBudgetTests
{
    [Fact]
    public void As_many_are_scanned_at_once_as_the_budget_says_and_those_that_are_due_longest_come_first()
    {
        // The node has been Ready for a day.
        var fleet =
            Fleet(("new", new NodePatchStatus()), ("old", Scanned()), ("older", Scanned() with { LastScan = new NodeScan { Time = Noon.AddHours(-23) } }));

        Assert.Equal(["new", "older", "old"], fleet.ScanQueue.Select(turn => turn.Node));
        Assert.Equal([true, false, false], new[] { "new", "older", "old" }.Select(name => new ScanBudget(1).Allows(fleet, fleet[name]!)));
        Assert.Equal([true, true, false], new[] { "new", "older", "old" }.Select(name => new ScanBudget(2).Allows(fleet, fleet[name]!)));
    }

    [Fact]
    public void A_scan_under_way_takes_its_place_until_it_is_over()
    {
        var fleet = Fleet(("one", new NodePatchStatus().WaitingFor("scan")), ("two", new NodePatchStatus()));

        Assert.Equal((1, 0), (fleet.ScansUnderWay, new ScanBudget(1).Free(fleet)));
        Assert.False(new ScanBudget(1).Allows(fleet, fleet["two"]!));
        Assert.True(new ScanBudget(1).Allows(fleet, fleet["one"]!));
    }

    [Theory]
    [InlineData("it is not Ready")]
    [InlineData("it is about to be removed (case K6)")]
    [InlineData("it has its turn")]
    [InlineData("its NodePatch is being deleted")]
    [InlineData("nobody tracks it yet")]
    public void Nobody_waits_for_a_node_that_cannot_be_scanned(string because)
    {
        var patch = GivenNodes.APatch(because == "it has its turn" ? Asked() : null);
        if (because == "its NodePatch is being deleted")
            patch.Metadata.DeletionTimestamp = Noon.UtcDateTime;
        var node = ANode() with { Ready = because != "it is not Ready", Leaving = because.Contains("K6", StringComparison.Ordinal) };
        var snapshot = GivenNodes.Cluster(patch, node).WithNodePatch("node-1", because == "nobody tracks it yet" ? null : patch);

        Assert.Empty(snapshot.Fleet.ScanQueue);
        Assert.Single(GivenNodes.Cluster(GivenNodes.APatch()).Fleet.ScanQueue);
    }

    private static Fleet Fleet(params (string Name, NodePatchStatus Status)[] nodes)
    {
        var snapshot = GivenNodes.Cluster(GivenNodes.APatch()).WithNode("node-1", null).WithNodePatch("node-1", null);
        foreach (var (name, status) in nodes)
            snapshot = snapshot.WithNode(name, ANode(name)).WithNodePatch(name, GivenNodes.APatch(status: status, name: name));
        return snapshot.Fleet;
    }
}
