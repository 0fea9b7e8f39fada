using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Tests.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.World;

public class SnapshotTests
{
    public static TheoryData<string, OperationResult, RunPhase?, bool, string, bool> Turns => new()
    {
        { "succeeded, and its run goes on", OperationResult.Succeeded, RunPhase.Running, false, "another-node", true },
        { "failed, and nobody has looked at its run yet", OperationResult.Failed, null, false, "another-node", true },
        { "under way", OperationResult.InProgress, RunPhase.Running, false, "another-node", false },
        { "withdrawn", OperationResult.Cancelled, RunPhase.Running, false, "another-node", false },
        { "recorded", OperationResult.Succeeded, RunPhase.Running, false, "uid-node-1", false },
        { "its run is over", OperationResult.Succeeded, RunPhase.Superseded, false, "another-node", false },
        { "its run is being deleted, and its records with it", OperationResult.Succeeded, RunPhase.Running, true, "another-node", false },
    };

    [Theory, MemberData(nameof(Turns))]
    public void A_turn_that_is_over_is_known_from_its_NodePatch_alone_until_it_is_recorded(
        string what, OperationResult result, RunPhase? phase, bool deleting, string recorded, bool awaits)
    {
        var patch = GivenNodes.APatch(status: new NodePatchStatus { LastOperation = new OperationRecord { Run = "workers-run", RunUid = "run-uid", Result = result } });
        var run = GivenNodes.ARun();
        (run.Status, run.Metadata.DeletionTimestamp) = (new PatchRunStatus { Phase = phase }, deleting ? Noon.UtcDateTime : null);

        var snapshot = GivenNodes.Cluster(patch).WithRun("workers-run", run).WithRecord("record-1", Record(1, "run-uid", recorded));

        Assert.True(awaits == snapshot.AwaitsRecord(patch), what);
        // Another run of the same name has none of its turns.
        Assert.False(snapshot.WithRun("workers-run", GivenNodes.ARun(uid: "another")).AwaitsRecord(patch), what);
    }

    [Fact]
    public void The_records_of_a_run_are_those_that_are_there_now()
    {
        var snapshot = Snapshot.Empty.WithRecord("b", Record(2, "run-uid", "2")).WithRecord("a", Record(1, "run-uid", "1")).WithRecord("c", Record(1, "another", "3"));

        Assert.Equal(("b", 2, 2), (snapshot.RecordsOf("run-uid").Last!.Name, snapshot.RecordsOf("run-uid").Summary!.Count, snapshot.RecordsOf("run-uid").Summary!.Nodes));
        Assert.Equal([true, true, false], new[] { "1", "2", "3" }.Select(snapshot.RecordsOf("run-uid").Has));
        Assert.True(snapshot.WithRecord("b", Record(2, "run-uid", "4")).RecordsOf("run-uid").Has("4"));
        Assert.Equal("a", snapshot.WithRecord("b", null).RecordsOf("run-uid").Last!.Name);
        Assert.Null(snapshot.WithRecord("c", null).RecordsOf("another").Summary);
    }

    /// <summary>Hundreds of them are kept for as long as their runs.</summary>
    [Fact]
    public void Of_a_record_that_is_complete_only_whom_it_is_about_is_kept()
    {
        var (open, complete) = (Record(1, "run-uid", "1"), Record(1, "run-uid", "1"));
        complete.Spec = complete.Spec with { Complete = true };

        Assert.Same(open, Snapshot.Empty.WithRecord("a", open).Records["a"]!.Open);
        Assert.Null(Snapshot.Empty.WithRecord("a", complete).Records["a"]!.Open);
    }

    private static PatchRecord Record(int number, string run, string node) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{(char)('a' + number - 1)}" },
        Spec = new PatchRecordSpec { Run = new RunReference { Name = "workers-run", Uid = run }, Number = number, Nodes = [new RecordedNode { Name = "node-1", Uid = node }] },
    };

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
