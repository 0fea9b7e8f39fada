using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

public class WavesTests
{
    private static readonly RolloutWave InZone2 = new() { Name = "zone", NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["zone"] = "2" } } };

    private static RolloutWave Size(string name, IntOrString size) => new() { Name = name, Size = size };

    public static TheoryData<string, RolloutWave[], string> Table => new()
    {
        { "none", [], "a b c d e" },
        { "a number", [Size("canary", 2)], "canary: a b, rest: c d e" },
        { "a share rounds up", [Size("canary", "21%")], "canary: a b, rest: c d e" },
        { "a share is one at least", [Size("canary", "1%")], "canary: a, rest: b c d e" },
        { "a share is of all nodes", [Size("canary", 1), Size("early", "40%")], "canary: a, early: b c, rest: d e" },
        { "by label", [InZone2], "zone: b d, rest: a c e" },
        { "of what is left", [Size("canary", 2), InZone2, Size("early", 1)], "canary: a b, zone: d, early: c, rest: e" },
        { "all of them", [Size("canary", 9)], "canary: a b c d e" },
        { "a wave that nobody is left for is none", [Size("canary", "100%"), Size("early", 1)], "canary: a b c d e" },
    };

    [Theory, MemberData(nameof(Table))]
    public void Each_wave_takes_some_of_what_those_before_it_leave(string what, RolloutWave[] waves, string dealt)
    {
        var (frozen, nodes) = Waves.Of(new PolicyRollout { Waves = [.. waves] }, Nodes());

        var said = frozen is null
            ? string.Join(' ', nodes.Select(node => node.Name))
            : string.Join(", ", frozen.Select(wave => $"{wave.Name}: {string.Join(' ', nodes.Where(node => node.Wave == wave.Name).Select(node => node.Name))}"));
        Assert.True(dealt == said, $"{what}: {said}");
    }

    [Fact]
    public void Nodes_are_in_the_order_of_waves_then_of_zones()
    {
        var (_, nodes) = Waves.Of(new PolicyRollout { TopologyKey = "zone", Waves = [Size("canary", 1)] }, Nodes());

        Assert.Equal(["a", "c", "e", "b", "d"], nodes.Select(node => node.Name));
    }

    [Fact]
    public void What_a_wave_says_is_frozen_but_for_whom_it_takes()
    {
        var wave = Size("canary", 1) with { MaxUnavailable = 1, FailureThreshold = "50%", Soak = "2h", Approval = ApprovalMode.Manual };

        var frozen = Waves.Of(new PolicyRollout { Waves = [wave] }, Nodes()).Waves!;

        Assert.Equal(
            """[{"name":"canary","maxUnavailable":1,"failureThreshold":"50%","soak":"2h","approval":"Manual"},{"name":"rest","soak":"0s"}]""",
            k8s.KubernetesJson.Serialize(frozen));
    }

    // In zones 1 2 1 2 1.
    private static List<NodeView> Nodes() => [.. "abcde".Select((name, index) => Pending($"{name}").InZone($"{(index % 2) + 1}"))];
}
