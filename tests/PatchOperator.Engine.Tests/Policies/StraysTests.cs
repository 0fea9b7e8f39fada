using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class StraysTests
{
    [Theory]
    [InlineData("its node belongs to a policy", true, "uid-a", new string[0])]
    [InlineData("no policy selects its node any more", false, "uid-a", new[] { "a" })]
    [InlineData("its node was replaced", true, "another", new[] { "a" })]
    public void A_NodePatch_of_no_policy_goes(string when, bool selected, string owner, string[] deleted)
    {
        var snapshot = Cluster(selected, Patch("a", new NodePatchSpec(), Scanned(), owner));

        Assert.True(deleted.SequenceEqual(Strays.Untracked(snapshot).Select(effect => effect.Name)), when);
    }

    [Theory]
    [InlineData("its run is there", RunUid, false, null)]
    [InlineData("its run is gone", null, false, "a")]
    [InlineData("another run has the name", "another", false, "a")]
    [InlineData("its turn has begun: the node decides", null, true, null)]
    public void A_slot_that_is_held_for_a_run_that_is_gone_is_given_back(string when, string? run, bool begun, string? freed)
    {
        var snapshot = Cluster(selected: true, Patch("a", Asked(), begun ? Scanned().InPhase(NodePhase.Patching) : Scanned(), "uid-a"))
            .WithRun("workers-run", run is null ? null : ARun(RunPhase.Running, "workers-run", run));

        var effects = Strays.Of(snapshot.Policies["workers"]!.Policy, snapshot);

        Assert.True((freed is null ? [] : new[] { new SetOperation(freed, null) }).SequenceEqual(effects.OfType<SetOperation>()), when);
    }

    [Fact]
    public void What_stays_after_a_turn_holds_no_slot_and_is_left() =>
        Assert.Empty(
            Strays.Of(APolicy(), Cluster(selected: true, Patch("a", Asked(), Scanned() with { LastOperation = Record(OperationResult.Succeeded) }, "uid-a"))));

    [Fact]
    public void Of_all_policies_the_first_by_name_does_it()
    {
        var other = APolicy();
        other.Metadata.Name = "zebra";
        var snapshot = Cluster(selected: false, Patch("a", new NodePatchSpec(), Scanned(), "uid-a")).WithPolicy("zebra", other);

        Assert.Empty(Strays.Of(other, snapshot));
    }

    private static NodePatch Patch(string name, NodePatchSpec spec, NodePatchStatus status, string owner) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, OwnerReferences = [new V1OwnerReference { Uid = owner }] },
        Spec = spec,
        Status = status,
    };

    private static Snapshot Cluster(bool selected, NodePatch patch)
    {
        var policy = APolicy(
            spec => spec with { Windows = [], NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["role"] = "worker" } } });
        var labels = new Dictionary<string, string> { ["role"] = selected ? "worker" : "other" };
        return Snapshot.Empty.WithPolicy("workers", policy).WithNode("a", ANode("a") with { Labels = labels }).WithNodePatch("a", patch);
    }
}
