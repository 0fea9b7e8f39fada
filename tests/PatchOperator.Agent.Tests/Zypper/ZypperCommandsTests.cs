using PatchOperator.Agent.Packages.Zypper;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Zypper;

public class ZypperCommandsTests
{
    private static readonly ApprovedUpdate[] Updates = [new("openssl", "1:3.0-1"), new("glibc.i686", "2.36-9")];

    [Fact]
    public void An_installation_asks_nobody_takes_nothing_away_and_does_what_was_simulated()
    {
        const string line = "zypper --non-interactive --xmlout --cache-dir /var/cache/zypp --no-refresh install --type package --no-recommends --no-force-resolution --name ";
        Assert.Equal($"{line}--download in-advance -- openssl=1:3.0-1 glibc.i686=2.36-9", ZypperCommands.RunInstall(Updates, removes: false).ToString());
        Assert.Equal($"{line}--dry-run -- openssl=1:3.0-1 glibc.i686=2.36-9", ZypperCommands.SimulateInstall(Updates).ToString());
        Assert.Equal(
            $"{line.Replace("--no-force", "--force")}--download in-advance -- openssl=1:3.0-1 glibc.i686=2.36-9",
            ZypperCommands.RunInstall(Updates, removes: true).ToString());
    }

    [Fact]
    public void A_search_for_names_takes_them_as_they_are_and_one_without_takes_all()
    {
        Assert.EndsWith("search --details --type package --match-exact -- libstdc++6", ZypperCommands.Offers("libstdc++6").ToString(), StringComparison.Ordinal);
        Assert.EndsWith("search --details --type package", ZypperCommands.Offers().ToString(), StringComparison.Ordinal);
    }
}
