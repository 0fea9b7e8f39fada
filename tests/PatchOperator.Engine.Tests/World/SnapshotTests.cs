using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Tests.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.World;

public class SnapshotTests
{
    [Fact]
    public void What_names_a_window_is_valid_while_there_is_one_and_it_is_valid()
    {
        var baseline = new ImageBaseline
        {
            Metadata = new V1ObjectMeta { Name = "worker", Uid = "b" },
            Spec = new ImageBaselineSpec
            {
                Source = new ImageSource { Suite = "bookworm" },
                Output = new ImageOutput { Repository = "registry.example.com/worker" },
                Triggers = new ImageTriggers { Windows = ["nightly"] },
            },
        };
        var without = Snapshot.Empty.WithPolicy("workers", APolicy()).WithBaseline("worker", baseline);
        var with = without.WithWindow("nightly", Window("0 12 * * *", 1));
        var invalid = with.WithWindow("nightly", Window("never", 2));

        foreach (
            var (snapshot, valid) in new[] { (without, false), (with, true), (invalid, false), (invalid.WithWindow("nightly", Window("0 12 * * *", 3)), true),
                (with.WithWindow("nightly", null), false) })
        {
            Assert.Equal(valid, snapshot.Policies["workers"]!.Terms.InEffect);
            Assert.Equal(valid, snapshot.Baselines["worker"]!.Errors.Count == 0);
        }
    }

    [Fact]
    public void A_window_that_comes_changes_what_is_asked_of_nodes_that_were_joined_before()
    {
        var snapshot = GivenNodes.Cluster(GivenNodes.APatch()).WithWindow("nightly", null);
        Assert.False(snapshot.Fleet["node-1"]!.Policy!.InEffect);

        Assert.True(snapshot.WithWindow("nightly", Window("0 12 * * *", 1)).Fleet["node-1"]!.Policy!.InEffect);
    }

    [Fact]
    public void A_calendar_is_read_once_per_spec()
    {
        var (before, after) = (Window("0 12 * * *", 1), Window("0 12 * * *", 1));
        after.Status = new PatchWindowStatus { ObservedGeneration = 1 };
        var snapshot = Snapshot.Empty.WithWindow("nightly", before);
        var next = snapshot.WithWindow("nightly", after);

        Assert.Same(snapshot.Windows["nightly"]!.Calendar, next.Windows["nightly"]!.Calendar);
        Assert.Same(after, next.Windows["nightly"]!.Window);
        Assert.NotSame(snapshot.Windows["nightly"]!.Calendar, snapshot.WithWindow("nightly", Window("0 13 * * *", 2)).Windows["nightly"]!.Calendar);
    }

    [Fact]
    public void What_a_policy_asks_for_and_all_that_follows_stays_one_object_while_only_its_status_changes()
    {
        var snapshot = GivenNodes.Cluster(GivenNodes.APatch());
        var (view, fleet) = (snapshot.Fleet["node-1"], snapshot.Fleet);
        var written = APolicy();
        written.Status = new PatchPolicyStatus { ObservedGeneration = 1 };
        var next = snapshot.WithPolicy("workers", written);

        Assert.Same(written, next.Policies["workers"]!.Policy);
        Assert.Same(snapshot.Policies["workers"]!.Terms, next.Policies["workers"]!.Terms);
        Assert.Same(fleet, next.Fleet);
        Assert.Same(view!.Assessment, next.Fleet["node-1"]!.Assessment);
    }

    [Theory]
    [InlineData("its generation")]
    [InlineData("its UID")]
    [InlineData("its deletion")]
    public void What_else_changes_of_a_policy_makes_another_object_of_what_it_asks_for(string what)
    {
        var snapshot = GivenNodes.Cluster(GivenNodes.APatch());
        var changed = APolicy();
        (changed.Metadata.Generation, changed.Metadata.Uid, changed.Metadata.DeletionTimestamp) =
            (what == "its generation" ? 2 : 1, what == "its UID" ? "another" : "policy-uid", what == "its deletion" ? Noon.UtcDateTime : null);

        Assert.NotSame(snapshot.Policies["workers"]!.Terms, snapshot.WithPolicy("workers", changed).Policies["workers"]!.Terms);
    }

    [Fact]
    public void A_NodePatch_belongs_to_the_very_node_that_it_was_made_for()
    {
        var patch = GivenNodes.APatch();
        var snapshot = GivenNodes.Cluster(patch);
        var replaced = snapshot.WithNode("node-1", ANode() with { Uid = "another" });

        Assert.Equal(("uid-node-1", patch), (snapshot.NodeOf(patch)!.Uid, snapshot.Fleet["node-1"]!.Patch));
        Assert.Null(replaced.NodeOf(patch));
        Assert.Null(replaced.Fleet["node-1"]!.Patch);
        Assert.Null(snapshot.WithNode("node-1", null).NodeOf(patch));
    }

    [Fact]
    public void A_snapshot_stays_as_it_was_when_another_is_made_from_it()
    {
        var snapshot = GivenNodes.Cluster(GivenNodes.APatch());
        var before = snapshot.Fleet;
        _ = snapshot.WithNode("node-1", null).WithNode("node-2", ANode("node-2")).Fleet;

        Assert.Same(before, snapshot.Fleet);
        Assert.Equal(["node-1"], snapshot.Fleet.All.Select(view => view.Node.Name));
    }

    private static PatchWindow Window(string cron, long generation) => new()
    {
        Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = generation },
        Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = cron }], Duration = "2h" },
    };
}
