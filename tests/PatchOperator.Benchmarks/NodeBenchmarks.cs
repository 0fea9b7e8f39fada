using BenchmarkDotNet.Attributes;
using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;

namespace PatchOperator.Benchmarks;

/// <summary>One look at a node with so many updates pending, of which nothing comes; the floor is to write its status out as JSON.</summary>
[MemoryDiagnoser]
public class NodeBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly NodeDecider decider = new(new ScanBudget(25));
    private Snapshot snapshot = Snapshot.Empty;

    [Params(100, 500)]
    public int Updates { get; set; }

    private NodePatch Node => snapshot.NodePatches["node"]!;

    [GlobalSetup]
    public void SetUp()
    {
        snapshot = Snapshot.Empty
            .WithPolicy("all", new PatchPolicy
            {
                Metadata = new V1ObjectMeta { Name = "all", Uid = "all", Generation = 1 },
                Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector(), Updates = new UpdateSettings { Exclude = ["linux-*", "*-dbg", "kubelet", "containerd*"] } },
            })
            .WithNode("node", new NodeFacts { Name = "node", Uid = "uid", Ready = true, BootId = "boot" })
            .WithNodePatch("node", new NodePatch
            {
                Metadata = new V1ObjectMeta
                {
                    Name = "node",
                    Uid = "patch",
                    OwnerReferences = [new V1OwnerReference { ApiVersion = V1Node.KubeApiVersion, Kind = V1Node.KubeKind, Name = "node", Uid = "uid" }],
                },
                Spec = new NodePatchSpec { NodeName = "node" },
                Status = new NodePatchStatus
                {
                    LastScan = new NodeScan { Time = Now.AddHours(-1) },
                    Node = new NodeIdentity { OsFamily = "debian-12", Architecture = "amd64", Uid = "uid", BootId = "boot" },
                    RebootRequired = new RebootRequired { Status = "False" },
                    Pending =
                    [
                        .. Enumerable.Range(0, Updates).Select(number => new PendingPackage
                        {
                            Name = $"package-{number}", Installed = "1.0-1+deb12u1", Candidate = "1.0-1+deb12u2", Security = true, FirstSeen = Now,
                        }),
                    ],
                },
            });
        var looked = Node;
        looked.Status = Look().Status;
        if (!Equals(looked.Status, Look().Status))
            throw new InvalidOperationException("a look that changes nothing gives another status");
    }

    [Benchmark(Baseline = true, Description = "floor: its status as JSON")]
    public string Floor() => KubernetesJson.Serialize(Node.Status);

    [Benchmark(Description = "a node is looked at, and nothing has changed")]
    public Decision<NodePatchStatus> Look() => decider.Decide(Node, snapshot, Answers.None, Now);
}
