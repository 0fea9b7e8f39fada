using System.Text.Json;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.CommandLine;

public class HandCommandsTests
{
    [Fact]
    public async Task A_scan_by_hand_is_a_table_or_the_report_itself()
    {
        using var host = Behind();

        var table = await host.RunByHandAsync("scan");
        var json = await host.RunByHandAsync("scan", "--format", "json");

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains("host:        Debian GNU/Linux 12 (bookworm) (debian-12, ", table.Output, StringComparison.Ordinal);
        Assert.Contains("\nservices:    unknown\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("\nPENDING   INSTALLED   CANDIDATE   SECURITY   SEVERITY   STATE\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("\napp       1.0         2.0         yes        -          installable\n", table.Output, StringComparison.Ordinal);
        Assert.Contains("\ntool      1.0         2.0         no         -          on hold\n", table.Output, StringComparison.Ordinal);
        var report = JsonSerializer.Deserialize(json.Output, ContractJson.Default.AgentReport)!;
        Assert.Equal(["app", "plain", "tool"], report.Pending!.Select(update => update.Name));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_installed_and_installs_nothing()
    {
        using var host = Behind();

        var outcome = await host.RunByHandAsync("patch", "--dry-run", "--security");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Done (Completed): would install app 2.0\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task A_dry_run_mends_nothing()
    {
        using var host = Behind();
        host.Run("dpkg", "--unpack", "/archive/main/plain_2.0_all.deb");

        var outcome = await host.RunByHandAsync("patch", "--dry-run", "app=2.0");

        Assert.Equal((int)AgentResult.PreconditionFailed, outcome.ExitCode);
        Assert.Contains("a patch that is no dry run finishes it first", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("unpacked", host.Run("dpkg-query", "-W", "-f", "${db:Status-Status}", "plain"));
    }

    [Fact]
    public async Task What_is_staged_is_installed_and_verified_by_hand()
    {
        using var host = Behind();
        host.UseSources("deb [trusted=yes] copy:/archive/main ./", "deb [trusted=yes] copy:/archive/security ./");

        var staged = await host.RunByHandAsync("stage", "--security", "--bandwidth", "5000000");
        var missing = await host.RunByHandAsync("verify", "--no-refresh", "app=2.0");
        await host.RunByHandAsync("scan");
        Assert.True(File.Exists(host.PathOf("var/cache/patch-operator/staged")));
        await host.RunByHandAsync("patch", "--no-refresh", "app=2.0");
        var verified = await host.RunByHandAsync("verify", "--no-refresh", "app=2.0");

        Assert.Contains("Done (Completed): 1 updates are downloaded\n", staged.Output, StringComparison.Ordinal);
        Assert.Equal(((int)AgentResult.VerificationFailed, 0), (missing.ExitCode, verified.ExitCode));
        Assert.Contains("VerificationFailed (UpdatesMissing)", missing.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain=2.0", "1.0", "2.0")]
    [InlineData("app=2.0", "2.0", "1.0")]
    public async Task What_is_named_is_installed_and_nothing_else(string update, string app, string plain)
    {
        using var host = Behind();

        var outcome = await host.RunByHandAsync("patch", update);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains($"\nCHANGED   FROM   TO\n{update.Split('=')[0],-10}1.0    2.0\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal((app, plain), (host.VersionOf("app"), host.VersionOf("plain")));
    }

    [Fact]
    public async Task What_is_in_the_way_of_an_update_goes_where_it_is_named_and_comes_back()
    {
        using var host = new TestHost().Main(APackage("libfoo", "1.0"), APackage("oldapp", "1.0").DependsOn("libfoo (<< 2)")).Install("libfoo", "oldapp")
            .Security(APackage("libfoo", "2.0"));

        var scanned = await host.RunByHandAsync("scan");
        var without = await host.RunByHandAsync("patch", "--allow-removal", "other");
        var dry = await host.RunByHandAsync("patch", "--dry-run", "--allow-removal", "oldapp", "libfoo=2.0");
        var patched = await host.RunByHandAsync("patch", "--keep", "--allow-removal", "other", "--allow-removal", "oldapp");
        var left = host.Try("dpkg-query", "--status", "oldapp").Output;
        var back = await host.RunByHandAsync("rollback");

        Assert.Contains("blocked: would break oldapp (to be had with --allow-removal oldapp)\n", scanned.Output, StringComparison.Ordinal);
        Assert.Equal((int)AgentResult.NothingToDo, without.ExitCode);
        Assert.Contains("would install libfoo 2.0; for that may go oldapp\n", dry.Output, StringComparison.Ordinal);
        Assert.Contains("\nCHANGED   FROM   TO\nlibfoo    1.0    2.0\noldapp    1.0    -\n", patched.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Status: install ok installed", left, StringComparison.Ordinal);
        Assert.Equal((0, "1.0"), (back.ExitCode, host.VersionOf("oldapp")));
    }

    [Fact]
    public async Task Without_names_all_that_is_pending_and_can_be_is_installed()
    {
        using var host = Behind();

        var outcome = await host.RunByHandAsync("patch");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(("2.0", "2.0", "1.0"), (host.VersionOf("app"), host.VersionOf("plain"), host.VersionOf("tool")));
    }

    [Fact]
    public async Task What_is_no_update_is_an_error_that_says_so()
    {
        using var agent = AgentProcess.Start(null, "patch", "openssl");

        var outcome = await agent.WaitAsync();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("'openssl' is not NAME=VERSION", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scan", "patch-agent scan --root /mnt/disk --format json")]
    [InlineData("patch", "patch-agent patch --dry-run --security")]
    public async Task Help_has_examples(string command, string example)
    {
        using var agent = AgentProcess.Start(null, command, "--help");

        Assert.Contains(example, (await agent.WaitAsync()).Output, StringComparison.Ordinal);
    }

    private static TestHost Behind()
    {
        var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("plain", "1.0"), APackage("plain", "2.0"), APackage("tool", "1.0"), APackage("tool", "2.0"))
            .Security(APackage("app", "2.0"))
            .Install("app=1.0", "plain=1.0", "tool=1.0");
        host.Run("apt-mark", "hold", "tool");
        return host;
    }
}
