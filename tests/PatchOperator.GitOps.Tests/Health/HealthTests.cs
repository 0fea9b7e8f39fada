using PatchOperator.GitOps.Tests.Programs;

namespace PatchOperator.GitOps.Tests.Health;

/// <summary>What Flux and Argo CD make of the status that the operator writes.</summary>
public class HealthTests
{
    public static TheoryData<string> Names => [.. Situations.All.Select(situation => situation.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Flux_sees(string name)
    {
        var situation = Find(name);

        Assert.Equal(situation.Kstatus, Kstatus.Of(situation.Item).Status);
    }

    [Theory, MemberData(nameof(Names))]
    public void Argo_CD_shows(string name)
    {
        var situation = Find(name);

        var (status, message) = ArgoCd.Health(situation.Item);

        Assert.Equal(situation.Health, status);
        Assert.NotEmpty(message);
    }

    [Fact]
    public void Where_one_tool_sees_a_failure_so_does_the_other() =>
        Assert.All(Situations.All, situation => Assert.Equal(situation.Kstatus == "Failed", situation.Health == "Degraded"));

    [Theory]
    [InlineData("policy with updates that wait for its window", "0/1 nodes are compliant: 1 not compliant")]
    [InlineData("policy with a run that has halted", "Mend it, then annotate the run with patchoperator.io/resume=true")]
    [InlineData("policy that names a window that is not there", "spec.windows[0]: there is no PatchWindow 'nightly'")]
    [InlineData("run that waits for the next window", "1 nodes wait for the next window")]
    [InlineData("node that failed", "/var has 12 MiB")]
    [InlineData("baseline whose first image waits for a person", "kubectl annotate imagebaseline worker patchoperator.io/promote=sha256:")]
    public void Argo_CD_says_why(string name, string why) => Assert.Contains(why, ArgoCd.Health(Find(name).Item).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_kind_has_a_health_check()
    {
        var kinds = Situations.All.Select(situation => $"resource.customizations.health.patchoperator.io_{situation.Item["kind"]}").Distinct();

        Assert.Equal(kinds.Order(), ArgoCd.Keys.Where(key => key.Contains(".health.", StringComparison.Ordinal)).Order());
        Assert.Equal(5, kinds.Count());
    }

    private static Situation Find(string name) => Situations.All.Single(situation => situation.Name == name);
}
