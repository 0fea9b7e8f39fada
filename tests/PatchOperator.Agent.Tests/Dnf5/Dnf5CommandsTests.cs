using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Dnf5;

namespace PatchOperator.Agent.Tests.Dnf5;

public class Dnf5CommandsTests
{
    private static readonly DnfRequest Request = new(["bash-0:5.1-1.x86_64"], ["fresh-0:1.1-1.noarch"]);

    [Fact]
    public void An_installation_asks_nobody_fetches_no_lists_and_takes_all_or_nothing()
    {
        var command = new Dnf5Commands().Install(Request, "run-1");

        Assert.Equal("dnf5", command.Program);
        Assert.EndsWith(
            "--setopt=cacheonly=metadata --setopt=*.skip_if_unavailable=True --assumeyes --comment=run-1 --best --exclude=fresh-0:1.1-1.noarch upgrade --skip-unavailable bash-0:5.1-1.x86_64",
            command.ToString(), StringComparison.Ordinal);
        Assert.Contains("--setopt=skip_unavailable=False", command.Arguments);
        Assert.DoesNotContain("--allowerasing", command.Arguments);
        Assert.DoesNotContain("--no-gpgchecks", command.Arguments);
    }

    [Fact]
    public void A_download_is_that_of_the_installation() =>
        Assert.EndsWith(
            "--best --exclude=fresh-0:1.1-1.noarch upgrade --skip-unavailable --downloadonly --setopt=*.throttle=5 bash-0:5.1-1.x86_64",
            new Dnf5Commands().Stage(Request, bytesPerSecond: 5).ToString(), StringComparison.Ordinal);
}
