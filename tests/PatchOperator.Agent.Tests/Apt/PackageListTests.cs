using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>Missing lists are told from missing updates.</summary>
public class PackageListTests
{
    private const string Main = "deb [trusted=yes] copy:/archive/main ./";
    private const string Security = "deb [trusted=yes] copy:/archive/security ./";

    private static readonly AgentRequest AsIs = TestHost.Request(AgentStep.Scan) with { RefreshPackageLists = false };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_without_archives_knows_nothing(bool refresh)
    {
        using var host = new TestHost();
        host.UseSources();

        var outcome = await host.RunAsync(AsIs with { RefreshPackageLists = refresh });

        var lists = outcome.Expect(AgentResult.Done, AgentReasons.Completed).Lists!;
        Assert.Equal(
            (false, null, "no archive of packages is configured on the host: /etc/apt/sources.list and sources.list.d name none"),
            (lists.Complete, lists.RefreshedAt, lists.Message));
        Assert.Equal(lists, outcome.Summary!.Lists);
    }

    [Fact]
    public async Task A_host_whose_lists_were_never_fetched_knows_nothing()
    {
        using var host = new TestHost().Main(APackage("app", "1.0")).Security(APackage("app", "1.1"));
        host.UseSources(Main, Security);

        var lists = (await host.RunAsync(AsIs)).Expect(AgentResult.Done, AgentReasons.Completed).Lists!;

        Assert.Equal(
            (false, null, "the host has no index of copy:/archive/main ./ Packages, copy:/archive/security ./ Packages: apt-get update has not fetched it"),
            (lists.Complete, lists.RefreshedAt, lists.Message));
    }

    [Fact]
    public async Task A_list_that_is_lacking_is_named()
    {
        using var host = new TestHost().Main(APackage("app", "1.0")).Security(APackage("app", "1.1"));
        host.UseSources(Main);
        host.Run("apt-get", "update");
        host.UseSources(Main, Security);

        var lists = (await host.RunAsync(AsIs)).Expect(AgentResult.Done, AgentReasons.Completed).Lists!;

        Assert.False(lists.Complete);
        Assert.Equal("the host has no index of copy:/archive/security ./ Packages: apt-get update has not fetched it", lists.Message);
    }

    [Fact]
    public async Task An_archive_with_nothing_in_it_lacks_nothing()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"));
        host.UseSources(Main, Security);

        var lists = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Lists!;

        Assert.Equal((true, null), (lists.Complete, lists.Message));
    }

    [Fact]
    public async Task Lists_are_as_old_as_the_oldest_look_at_an_archive_whatever_their_files_are_dated()
    {
        using var host = new TestHost().Main(APackage("app", "1.0")).Security(APackage("app", "1.1"));
        foreach (var archive in new[] { "main", "security" })
        {
            File.SetLastWriteTimeUtc(host.PathOf($"archive/{archive}/Release"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            File.SetLastWriteTimeUtc(host.PathOf($"archive/{archive}/Packages"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        host.UseSources(Main, Security);
        var before = ChangeTime(host, "/archive/main/Release");
        host.Run("apt-get", "update");

        var unrefreshed = (await host.RunAsync(AsIs)).Expect(AgentResult.Done, AgentReasons.Completed).Lists!;
        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.True(unrefreshed.Complete);
        Assert.Equal(ChangeTime(host, "/var/lib/apt/lists/_archive_main_._Release"), unrefreshed.RefreshedAt);
        Assert.True(unrefreshed.RefreshedAt >= before);
        Assert.InRange(report.Lists!.RefreshedAt!.Value, report.StartedAt, report.FinishedAt);
    }

    [Fact]
    public async Task A_stamp_of_success_counts_for_lists_that_were_found_unchanged()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"));
        host.UseSources(Main);
        host.Run("apt-get", "update");
        var stamp = host.PathOf("var/lib/apt/periodic/update-success-stamp");
        File.WriteAllText(stamp, "");
        var later = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000);
        File.SetLastWriteTimeUtc(stamp, later.UtcDateTime);

        Assert.Equal(later, (await host.RunAsync(AsIs)).Expect(AgentResult.Done, AgentReasons.Completed).Lists!.RefreshedAt);
    }

    private static DateTimeOffset ChangeTime(TestHost host, string path) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(host.Run("stat", "--format=%Z", path), System.Globalization.CultureInfo.InvariantCulture));
}
