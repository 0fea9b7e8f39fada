using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Tests.Dnf;

public class DnfCommandsTests
{
    [Fact]
    public void An_installation_asks_nobody_fetches_no_lists_and_takes_all_or_nothing()
    {
        var command = new Dnf4Commands().Install(new DnfRequest(["bash-0:5.1-1.x86_64"], ["fresh-0:1.1-1.noarch"]), "run-1");

        Assert.Equal("dnf-3", command.Program);
        Assert.EndsWith(
            "--setopt=*.metadata_expire=-1 --setopt=*.skip_if_unavailable=True --assumeyes --comment=run-1 --best --exclude=fresh-0:1.1-1.noarch upgrade bash-0:5.1-1.x86_64",
            command.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--allowerasing", command.Arguments);
        Assert.DoesNotContain("--nogpgcheck", command.Arguments);
    }

    [Theory]
    [InlineData("bash", "5.1.8-9.el9", null)]
    [InlineData("libstdc++.i686", "11.4.1-3.el9", null)]
    [InlineData("kernel-core", "1:5.14.0~rc1^git-1.el9_4", null)]
    [InlineData("-x", "1-1", "the name -x is not one that rpm takes")]
    [InlineData("a*", "1-1", "the name a* is not one that rpm takes")]
    [InlineData("./a.rpm", "1-1", "the name ./a.rpm is not one that rpm takes")]
    [InlineData("@group", "1-1", "the name @group is not one that rpm takes")]
    [InlineData("a", "1", "version 1 is not one that rpm takes")]
    [InlineData("a", "1-*", "version 1-* is not one that rpm takes")]
    [InlineData("a", "1-1\n", "version 1-1\n is not one that rpm takes")]
    public void Only_names_and_versions_become_arguments(string name, string version, string? refusal) => Assert.Equal(refusal, RpmNames.Refusal(name, version));
}
