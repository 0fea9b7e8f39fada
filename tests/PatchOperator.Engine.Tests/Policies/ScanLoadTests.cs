using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Policies;

public class ScanLoadTests
{
    /// <summary>Policies share the budget: who waits for one of them waits for the scans of all.</summary>
    [Fact]
    public void Scans_of_every_policy_that_are_due_or_under_way_count()
    {
        var snapshot = Snapshot.Empty.WithPolicy("workers", APolicy(spec => spec with { Windows = [] }));
        (string Name, NodePatchStatus Status)[] nodes =
        [
            ("first", new NodePatchStatus()),
            ("under-way", new NodePatchStatus { Job = "scan" }),
            ("due", Known() with { LastScan = new NodeScan { Time = Noon.AddDays(-2) } }),
            ("later", Known()),
        ];
        foreach (var (name, status) in nodes)
            snapshot = snapshot.WithNode(name, ANode(name)).WithNodePatch(name, new NodePatch
            {
                Metadata = new V1ObjectMeta { Name = name, OwnerReferences = [new V1OwnerReference { Uid = $"uid-{name}" }] },
                Spec = new NodePatchSpec { NodeName = name },
                Status = status,
            });

        Assert.Equal(new ScanLoad(3, 25), ScanLoad.Of(snapshot.Fleet, new ScanBudget(25), Noon));
    }

    private static NodePatchStatus Known() => Scanned();
}
