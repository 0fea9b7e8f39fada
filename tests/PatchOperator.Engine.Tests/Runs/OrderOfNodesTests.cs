using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>The control plane last and one at a time, the operator's own node last of all.</summary>
public class OrderOfNodesTests
{
    private const string Role = "node-role.kubernetes.io/control-plane";

    [Theory]
    [InlineData("node-role.kubernetes.io/control-plane", true)]
    [InlineData("node-role.kubernetes.io/master", true)]
    [InlineData("node-role.kubernetes.io/worker", false)]
    public void The_control_plane_expectedknown_by_the_label_of_its_role(string label, bool expected) =>
        Assert.Equal(expected, (ANode() with { Labels = new Dictionary<string, string> { [label] = "" } }).IsControlPlane);

    [Fact]
    public void A_plan_has_the_control_plane_last_in_each_wave()
    {
        var nodes = new List<NodeView> { ControlPlane(Pending("a")), Pending("b"), ControlPlane(Pending("c")), Pending("d") };

        Assert.Equal(["b", "d", "a", "c"], Waves.Of(new PolicyRollout(), nodes).Nodes.Select(node => node.Name));
        var (_, dealt) = Waves.Of(new PolicyRollout { Waves = [new RolloutWave { Name = "canary", Size = 1 }] }, nodes);
        Assert.Equal(["b canary", "d rest", "a rest", "c rest"], dealt.Select(node => $"{node.Name} {node.Wave}"));
    }

    public static TheoryData<string, NodeView[], string[]> Table => new()
    {
        { "one at a time, whatever maxUnavailable says", [ControlPlane(Pending("a")), ControlPlane(Pending("b"))], ["a"] },
        { "others beside it", [Pending("w"), ControlPlane(Pending("a")), ControlPlane(Pending("b"))], ["w", "a"] },
        { "another has its turn", [ControlPlane(InFlight("a")), ControlPlane(Pending("b")), Pending("w")], ["w"] },
        { "another is away", [ControlPlane(Finished("a", OperationResult.Succeeded).NotReady()), ControlPlane(Pending("b"))], [] },
        { "another was left cordoned by us", [ControlPlane(LeftCordoned("a")), ControlPlane(Pending("b"))], [] },
        { "another was cordoned by somebody else", [ControlPlane(Finished("a", OperationResult.Succeeded).Cordoned()), ControlPlane(Pending("b"))], ["b"] },
        { "the only one", [ControlPlane(Pending("a"))], ["a"] },
    };

    [Theory, MemberData(nameof(Table))]
    public void Of_the_control_plane_one_at_a_time_expectedadmitted(string when, NodeView[] views, string[] admitted)
    {
        var input = Input(Settings(maxUnavailable: "9", failureThreshold: "9"), views) with { ControlPlane = () => views.Where(view => view.Node.IsControlPlane) };

        Assert.True(admitted.SequenceEqual(Admissions.Of(State(input)).Admitted.Select(admission => admission.Node)), when);
    }

    [Fact]
    public void That_the_control_plane_waits_expectedsaid_in_words()
    {
        var (other, own) = (ControlPlane(InFlight("a")), ControlPlane(Pending("b")));

        Assert.Equal(
            "one control-plane node at a time has its turn, and b waits for a",
            Admissions.Blocked(State(Input(Settings(maxUnavailable: "9"), own) with { ControlPlane = () => [other, own] }), []));
    }

    [Fact]
    public void The_operators_own_node_comes_last() => Assert.Equal(
        ["b", "c"],
        Admissions.Of(State(Input(Settings(maxUnavailable: "2"), Pending("a"), Pending("b"), Pending("c")) with { OwnNode = "a" })).Admitted.Select(admission => admission.Node));

    private static NodeView LeftCordoned(string name) =>
        Finished(name, OperationResult.Failed) is var view ? view with { Node = view.Node.CordonedBy("workers-run") } : view;

    private static NodeView ControlPlane(NodeView view) => view with { Node = view.Node with { Labels = new Dictionary<string, string> { [Role] = "" } } };

    private static RunState State(RunInput input) => new(input, new RunNodes(input), Acknowledged: 0);
}
