using FsCheck;
using FsCheck.Fluent;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Tests.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.World;

public class FleetTests
{
    private static readonly string[] Pools = ["a", "b", "c"];

    /// <summary>Nodes, NodePatches, policies and windows come, change and go in any order.</summary>
    [Fact]
    public void A_fleet_that_was_changed_step_by_step_is_the_one_that_is_joined_anew() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var snapshot = Snapshot.Empty;
            for (var step = 0; step < 40; step++)
            {
                // Looked at each time, so that the next change is joined to it.
                _ = snapshot.Fleet.Count;
                snapshot = Change(snapshot, random);
                Assert.Equal(Describe(Anew(snapshot).Fleet, snapshot), Describe(snapshot.Fleet, snapshot));
            }
        }));

    [Fact]
    public void A_node_counts_as_unavailable_whoever_made_it_so_and_in_its_policy_alone()
    {
        var snapshot = GivenNodes
            .Cluster(GivenNodes.APatch(), ANode().CordonedBy(null))
            .WithNode("node-2", ANode("node-2") with { Ready = false })
            .WithNode("node-3", ANode("node-3"));

        Assert.Equal((3, 2, 2), (snapshot.Fleet.Count, snapshot.Fleet.Unavailable, snapshot.Fleet.Of("workers").Unavailable));
        Assert.Equal((0, 0), (snapshot.Fleet.Of("others").Members.Count, snapshot.Fleet.Of("others").Unavailable));
    }

    [Theory]
    [InlineData(OperationResult.InProgress, true)]
    [InlineData(OperationResult.Succeeded, false)]
    [InlineData(OperationResult.Failed, false)]
    [InlineData(OperationResult.Cancelled, false)]
    [InlineData(null, true)]
    public void A_slot_is_held_by_what_is_asked_for_and_not_finished(OperationResult? result, bool held)
    {
        var status = Scanned() with { LastOperation = result is { } known ? new OperationRecord { RunUid = "run-uid", Result = known } : null };
        var fleet = GivenNodes.Cluster(GivenNodes.APatch(Asked(), status)).Fleet;

        Assert.Equal((held, held ? 1 : 0), (fleet["node-1"]!.HoldsSlot, fleet.Of("workers").Unavailable));
    }

    private static Snapshot Change(Snapshot snapshot, Random random)
    {
        var (node, policy) = ($"node-{random.Next(6)}", Pools[random.Next(3)]);
        return random.Next(10) switch
        {
            0 => snapshot.WithNode(node, null),
            1 or 2 or 3 => snapshot.WithNode(node, ANode(node) with
            {
                Uid = $"uid-{node}-{random.Next(2)}",
                Ready = random.Next(4) > 0,
                Unschedulable = random.Next(4) == 0,
                Leaving = random.Next(8) == 0,
                BootId = $"boot-{random.Next(3)}",
                Labels = Pools.Where(_ => random.Next(2) == 0).ToDictionary(pool => pool, _ => "yes"),
            }),
            4 => snapshot.WithNodePatch(node, null),
            5 or 6 => snapshot.WithNodePatch(node, Patch(node, random)),
            7 => snapshot.WithPolicy(policy, random.Next(3) == 0 ? null : Policy(policy, random)),
            8 => snapshot.WithWindow("nightly", random.Next(3) == 0 ? null : Window(random)),
            _ => snapshot.Policies[policy] is { Policy: var same } ? snapshot.WithPolicy(policy, WithStatus(same, random)) : snapshot,
        };
    }

    private static NodePatch Patch(string node, Random random)
    {
        var patch = GivenNodes.APatch(random.Next(3) == 0 ? Asked(runUid: $"run-{random.Next(2)}") : null, name: node);
        patch.Metadata.OwnerReferences[0].Uid = $"uid-{node}-{random.Next(2)}";
        patch.Metadata.DeletionTimestamp = random.Next(8) == 0 ? Noon.UtcDateTime : null;
        patch.Status = Scanned() with
        {
            LastScan = random.Next(3) == 0 ? null : new NodeScan { Time = Noon.AddMinutes(-random.Next(5000)) },
            Job = random.Next(3) == 0 ? "job" : null,
            LastOperation = random.Next(2) == 0 ? new OperationRecord { RunUid = $"run-{random.Next(2)}", Result = (OperationResult)random.Next(4) } : null,
        };
        return patch;
    }

    private static PatchPolicy Policy(string name, Random random)
    {
        var policy = APolicy(spec => spec with
        {
            NodeSelector = random.Next(6) == 0
                ? new V1LabelSelector()
                : new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [name] = "yes" } },
            Scan = new ScanSettings { Interval = random.Next(8) == 0 ? "soon" : $"{random.Next(1, 48)}h" },
        });
        policy.Metadata = new V1ObjectMeta
        {
            Name = name,
            Uid = $"{name}-{random.Next(2)}",
            Generation = random.Next(1, 1_000_000),
            CreationTimestamp = Noon.UtcDateTime.AddMinutes(random.Next(3)),
            DeletionTimestamp = random.Next(8) == 0 ? Noon.UtcDateTime : null,
        };
        return policy;
    }

    private static PatchPolicy WithStatus(PatchPolicy policy, Random random) =>
        new() { Metadata = policy.Metadata, Spec = policy.Spec, Status = new PatchPolicyStatus { ObservedGeneration = random.Next(100) } };

    private static PatchWindow Window(Random random) => new()
    {
        Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = random.Next(1, 1_000_000) },
        Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = random.Next(3) == 0 ? "never" : "0 12 * * *" }], Duration = "2h" },
    };

    private static Snapshot Anew(Snapshot snapshot)
    {
        var anew = Snapshot.Empty;
        foreach (var entry in snapshot.Windows.All)
            anew = anew.WithWindow(entry.Window.Metadata.Name, entry.Window);
        foreach (var entry in snapshot.Policies.All)
            anew = anew.WithPolicy(entry.Policy.Metadata.Name, entry.Policy);
        foreach (var patch in snapshot.NodePatches.All)
            anew = anew.WithNodePatch(patch.Metadata.Name, patch);
        foreach (var node in snapshot.Nodes.All)
            anew = anew.WithNode(node.Name, node);
        return anew;
    }

    // Every count, member and place in the queue, in words that a person can compare.
    private static string Describe(Fleet fleet, Snapshot snapshot)
    {
        var lines = new List<string> { $"{fleet.Count} nodes, {fleet.Unavailable} unavailable, {fleet.ScansUnderWay} scans under way" };
        lines.AddRange(fleet.All.OrderBy(view => view.Node.Name, StringComparer.Ordinal).Select(view =>
            $"{Line(view)}, place {fleet.PlaceInScanQueue(view)}, errors {string.Join("; ", view.Policy?.Errors ?? [])}, patch "
                + $"{snapshot.NodePatches[view.Node.Name] == view.Patch}"));
        lines.AddRange(Pools.Select(fleet.Of).Select((of, index) =>
            $"{Pools[index]}: {of.Unavailable} unavailable, {of.ClaimedByOthers} claimed by others: "
                + $"{string.Join("; ", of.Members.Select(member => $"{member.Key} = {Line(member.Value)}"))}"));
        lines.AddRange(fleet.ScanQueue.Select(turn => $"{turn}"));
        return string.Join('\n', lines);
    }

    private static string Line(NodeView view) =>
        $"{view.Node.Name} {view.Node.Uid} {view.Node.BootId} of {view.Policy?.Name} {view.Policy?.Uid} {view.Policy?.Generation}, tracked "
            + $"{view.Patch is not null}, slot {view.HoldsSlot}";
}
