using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.World;
using PatchOperator.Reconciling;

namespace PatchOperator.Tests.Reconciling;

public class TriggersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly OperationRecord Turn = new() { Run = "run-1", RunUid = "1", Result = OperationResult.InProgress };

    public static TheoryData<string, NodePatch?, NodePatch?, bool> Ends => new()
    {
        { "the turn has ended", Patch(Asked, Turn), Patch(Asked, Turn with { Result = OperationResult.Succeeded }), true },
        { "the turn was withdrawn, and has ended", Patch(null, Turn), Patch(null, Turn with { Result = OperationResult.Cancelled }), true },
        { "the NodePatch of a withdrawn turn is gone", Patch(null, Turn), null, true },
        { "the turn is a step further", Patch(Asked, Turn), Patch(Asked, Turn with { PatchedAt = Now }), false },
    };

    /// <summary>A run that nobody wakes waits for ever for nodes that were given back long ago.</summary>
    [Theory, MemberData(nameof(Ends))]
    public void A_run_is_looked_at_when_a_turn_of_it_ends(string what, NodePatch? before, NodePatch? after, bool looked)
    {
        var empty = Snapshot.Empty.WithNode("node-1", new NodeFacts { Name = "node-1", Uid = "node-uid", Ready = true });
        var change = new WorldChange(NodePatch.KindName, "node-1", empty.WithNodePatch("node-1", before), empty.WithNodePatch("node-1", after));

        var wishes = new Triggers(new ScanBudget(25), "100%").For(change, Now).Select(wish => (wish.Key.Kind, wish.Key.Name)).ToList();

        Assert.True(looked == wishes.Contains((PatchRun.KindName, "run-1")), $"{what}: {string.Join(", ", wishes)}");
    }

    /// <summary>A run of another policy waits for a node until what its run before has done to it is recorded.</summary>
    [Fact]
    public void A_record_wakes_its_run_and_those_that_wait_for_a_node_in_it()
    {
        var world = Snapshot.Empty
            .WithPolicy("others", new PatchPolicy { Metadata = new V1ObjectMeta { Name = "others", Uid = "p" }, Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector() } })
            .WithNode("node-1", new NodeFacts { Name = "node-1", Uid = "node-uid", Ready = true })
            .WithRun("run-1", Run("run-1", "workers"))
            .WithRun("run-2", Run("run-2", "others"));
        var change = new WorldChange(PatchRecord.KindName, "record-1", world, world.WithRecord("record-1", new PatchRecord
        {
            Metadata = new V1ObjectMeta { Name = "record-1" },
            Spec = new PatchRecordSpec { Run = new RunReference { Name = "run-1", Uid = "1" }, Number = 1, Nodes = [new RecordedNode { Name = "node-1", Uid = "node-uid" }] },
        }));

        var triggers = new Triggers(new ScanBudget(25), "100%");
        Assert.Equal(["run-1", "run-2"], triggers.For(change, Now).Select(wish => wish.Key.Name));
        // What is in it already wakes nobody else.
        Assert.Equal(["run-1"], triggers.For(change with { Before = change.After }, Now).Select(wish => wish.Key.Name));
    }

    /// <summary>Of its hooks, and of its health checks.</summary>
    [Fact]
    public void A_run_is_looked_at_when_a_Job_of_its_own_has_news()
    {
        var world = Snapshot.Empty.WithRun("run-1", Run("run-1", "workers"));
        var job = new JobRecord { Name = "job", Uid = "job-uid", Run = "run-1" };
        var triggers = new Triggers(new ScanBudget(25), "100%");

        Assert.Equal(["run-1"], triggers.For(new WorldChange(V1Job.KubeKind, "job", world, world.WithJob("job", job)), Now).Select(wish => wish.Key.Name));
        var pod = new PodRecord { Name = "pod", Run = "run-1", Problem = "ImagePullBackOff" };
        Assert.Equal(["run-1"], triggers.For(new WorldChange(V1Pod.KubeKind, "pod", world, world.WithPod("pod", pod)), Now).Select(wish => wish.Key.Name));
        Assert.Empty(triggers.For(new WorldChange(V1Job.KubeKind, "job", Snapshot.Empty, Snapshot.Empty.WithJob("job", job)), Now));
    }

    private static readonly V1ObjectMeta Holidays = new() { Name = "holidays", Uid = "h", Generation = 1 };

    public static TheoryData<string, WindowEffect?, WindowEffect?, string[]> Windows => new()
    {
        { "a Blackout comes", null, WindowEffect.Blackout, ["PatchPolicy workers", "PatchRun run-1", "PatchWindow holidays"] },
        { "a Blackout goes", WindowEffect.Blackout, null, ["PatchPolicy workers", "PatchRun run-1", "PatchWindow holidays"] },
        { "a Blackout becomes another window", WindowEffect.Blackout, WindowEffect.Allow, ["PatchPolicy workers", "PatchRun run-1", "PatchWindow holidays"] },
        { "a window that no policy names comes", null, WindowEffect.Allow, ["PatchWindow holidays"] },
    };

    /// <summary>No policy names it, and all may be frozen by it.</summary>
    [Theory, MemberData(nameof(Windows))]
    public void A_Blackout_window_wakes_every_policy_and_run(string what, WindowEffect? before, WindowEffect? after, string[] woken)
    {
        var world = Frozen(labels: null);
        var change = new WorldChange(PatchWindow.KindName, "holidays", Put(world, before, 1), Put(world, after, 2));

        Assert.True(woken.SequenceEqual(Woken(change).Except(["PatchWindow nightly"]).Order()), $"{what}: {string.Join(", ", Woken(change))}");
        Assert.True(after is null || !Woken(change with { Before = change.After }).Any(), what);

        static Snapshot Put(Snapshot world, WindowEffect? effect, long generation) => effect is null
            ? world
            : world.WithWindow("holidays", new PatchWindow
            {
                Metadata = new V1ObjectMeta { Name = "holidays", Uid = "h", Generation = generation },
                Spec = new PatchWindowSpec { Effect = effect.Value, Schedules = [new WindowSchedule { Cron = "@daily" }], Duration = "1h" },
            });
    }

    /// <summary>What is wrong with it may be something else now.</summary>
    [Fact]
    public void A_window_that_stays_invalid_is_looked_at_again_after_an_edit()
    {
        var (before, after) = (new PatchWindow { Metadata = Holidays }, new PatchWindow { Metadata = new V1ObjectMeta { Name = "holidays", Uid = "h", Generation = 2 } });

        Assert.Equal(
            ["PatchWindow holidays"],
            Woken(new WorldChange(PatchWindow.KindName, "holidays", Snapshot.Empty.WithWindow("holidays", before), Snapshot.Empty.WithWindow("holidays", after))));
    }

    /// <summary>Which Blackout windows select a policy follows from its labels, and an edit of these makes no other generation.</summary>
    [Fact]
    public void A_policy_and_its_run_are_looked_at_when_its_labels_change()
    {
        var (before, after) = (Frozen(labels: null), Frozen(new Dictionary<string, string> { ["tier"] = "production" }));

        Assert.Equal(["PatchPolicy workers", "PatchRun run-1"], Woken(new WorldChange(PatchPolicy.KindName, "workers", before, after)).Order());
        Assert.Empty(Woken(new WorldChange(PatchPolicy.KindName, "workers", after, after)));
    }

    public static TheoryData<string, NodeFacts?, NodeFacts?, bool> Moves => new()
    {
        { "comes", null, In("a"), true },
        { "goes", In("a"), null, true },
        { "moves", In("a"), In("b"), true },
        { "is not Ready", In("a"), In("a") with { Ready = false }, false },
    };

    /// <summary>It counts the nodes of its policies by the zones that they go by.</summary>
    [Theory, MemberData(nameof(Moves))]
    public void A_window_is_looked_at_when_a_node_comes_goes_or_moves(string what, NodeFacts? before, NodeFacts? after, bool looked)
    {
        var policy = new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers", Uid = "1", Generation = 1 },
            Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector(), Windows = ["nightly"] },
        };
        var world = Snapshot.Empty.WithPolicy("workers", policy).WithWindow("nightly", new PatchWindow { Metadata = new V1ObjectMeta { Name = "nightly" } });

        var woken = Woken(new WorldChange(V1Node.KubeKind, "node-1", world.WithNode("node-1", before), world.WithNode("node-1", after))).ToList();

        Assert.True(looked == woken.Contains("PatchWindow nightly"), $"{what}: {string.Join(", ", woken)}");
    }

    private static NodeFacts In(string zone) => new()
    {
        Name = "node-1",
        Uid = "node-uid",
        Ready = true,
        Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = zone },
    };

    private static Snapshot Frozen(Dictionary<string, string>? labels)
    {
        var policy = new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers", Uid = "1", Generation = 1, Labels = labels },
            Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector() },
        };
        return First.WithPolicy("workers", policy);
    }

    // Of one cluster, so that what is the same stays one object.
    private static readonly Snapshot First = Snapshot.Empty
        .WithPolicy("workers", new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers", Uid = "1", Generation = 1 },
            Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector() },
        })
        .WithRun("run-1", Run("run-1", "workers"));

    private static IEnumerable<string> Woken(WorldChange change) =>
        new Triggers(new ScanBudget(25), "100%").For(change, Now).Select(wish => $"{wish.Key.Kind} {wish.Key.Name}");

    private static PatchRun Run(string name, string policy) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = name },
        Spec = new PatchRunSpec { Policy = new PolicyReference { Name = policy } },
    };

    /// <summary>What it waits to have approved may be something else than what is needed now.</summary>
    [Theory]
    [InlineData(RunPhase.PendingApproval, true)]
    [InlineData(RunPhase.Running, false)]
    public void A_run_that_waits_for_its_approval_is_looked_at_after_each_scan_of_its_policys_nodes(RunPhase phase, bool looked)
    {
        var policy = new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers", Uid = "1", CreationTimestamp = Now.UtcDateTime },
            Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector() },
        };
        var run = new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = "run-1" },
            Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers", Uid = "1" } },
            Status = new PatchRunStatus { Phase = phase },
        };
        var cluster = Snapshot.Empty.WithPolicy("workers", policy).WithRun("run-1", run).WithNode("node-1", new NodeFacts { Name = "node-1", Uid = "node-uid", Ready = true });
        var (before, after) = (Patch(null, Turn with { Run = "run-0" }), Patch(null, Turn with { Run = "run-0" }));
        before.Status = before.Status with { LastScan = new NodeScan { Time = Now.AddDays(-1) } };
        after.Status = after.Status with { LastScan = new NodeScan { Time = Now } };

        var wishes = new Triggers(new ScanBudget(25), "100%")
            .For(new WorldChange(NodePatch.KindName, "node-1", cluster.WithNodePatch("node-1", before), cluster.WithNodePatch("node-1", after)), Now);

        Assert.Equal(looked, wishes.Any(wish => wish.Key == new PatchOperator.Queues.ObjectKey(PatchRun.KindName, "run-1")));
    }

    private static NodeOperation Asked => new() { Run = "run-1", RunUid = "1" };

    private static NodePatch Patch(NodeOperation? operation, OperationRecord turn) => new()
    {
        Metadata = new V1ObjectMeta { Name = "node-1", Uid = "patch", OwnerReferences = [new V1OwnerReference { Name = "node-1", Uid = "node-uid" }] },
        Spec = new NodePatchSpec { NodeName = "node-1", Operation = operation },
        Status = new NodePatchStatus { Phase = NodePhase.Patching, LastOperation = turn },
    };
}
