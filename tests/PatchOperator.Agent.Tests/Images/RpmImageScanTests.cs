using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Zypper;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Images;

public class RpmImageScanTests
{
    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    [InlineData(RpmImage.Zypper)]
    public async Task An_image_is_scanned_as_a_node_that_came_from_it_would_be(string manager)
    {
        var fix = AnRpm("fix", "1.1-1").Requires("needed");
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("fix", "1.0-1"), AnRpm("lib", "1:1.0-1"), AnRpm("kept", "1.0-1"), AnRpm("new", "3.0-1")).Install("fix", "lib", "kept", "new");
        host.Hold("kept");
        host.Offer(fix, AnRpm("needed", "1.0-1"), AnRpm("lib", "1:1.1-1"), AnRpm("kept", "1.1-1"))
            .Advise(RpmAdvisory.Security("TEST-2026:1", "Important", "CVE-2026-1", fix));
        using var workspace = TarImage.Of(host.Root);
        var family = manager switch { RpmImage.Dnf => "almalinux-9.4", RpmImage.Dnf5 => "fedora-43", _ => "sles-15.6" };
        var architecture = host.Run("rpm", "--eval", "%{_target_cpu}").Trim();
        (await workspace.RunAsync("scan", TarImage.Request with
        {
            Expected =
            [
                new("run-1", null, null, [new("fix", "1.1-1"), new("lib", "1:1.0-1"), new("absent", "1.0-1"), new("new", "2.0-1")]),
                new("run-2", family, architecture, [new("fix", "1.1-1"), new("lib", "1:1.1-1")]),
                new("run-3", "debian-12", architecture, [new("fix", "1.1-1")]),
                new("run-4", family, "another", [new("fix", "1.1-1")]),
            ],
        })).Succeeded();

        var node = await host.ScanAsync();
        var found = workspace.Findings;
        Assert.Equal(family, found.OsFamily);
        Assert.Equal(node.Report.Host.OsImage, found.OsImage);
        Assert.Equal(node.Report.Installed, new InstalledFacts(found.Packages, found.PatchLevel));
        Assert.Equal(node.Report.Pending!.Count, found.PendingTotal + found.Held);
        // What the fix needs is security too.
        Assert.Equal((2, 3, 1), (found.PendingSecurity, found.PendingTotal, found.Held));
        Assert.Equal(["fix", "needed", "lib"], found.PendingNames);
        Assert.Equal(["run-1 1 fix", "run-2 2 fix lib", "run-3 0 ", "run-4 0 "], found.Expected.Select(run => $"{run.Run} {run.Missing} {string.Join(' ', run.Names)}"));
        Assert.False(Directory.Exists(workspace.PathOf("scratch")));
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    [InlineData(RpmImage.Zypper)]
    public async Task What_is_blocked_and_what_is_left_over_is_found_in_an_image_too(string manager)
    {
        var lonely = AnRpm("lonely", "2.0-1").Requires("nowhere");
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("lonely", "1.0-1"), AnRpm("twice", "1.0-1")).Install("lonely", "twice");
        host.Offer(lonely, AnRpm("twice", "2.0-1").WithFile("/usr/share/twice/more", [1])).Advise(RpmAdvisory.Security("TEST-2026:1", "Low", "CVE-2026-1", lonely));
        // As a transaction that was cut off leaves it: the new version is there, the old one too.
        host.Run("rpm", "--install", "--force", "/repository/twice-2.0-1.noarch.rpm");
        using var workspace = TarImage.Of(host.Root);

        (await workspace.RunAsync("scan", TarImage.Request)).Succeeded();

        var found = workspace.Findings;
        Assert.Equal((0, 0, 1, 1), (found.PendingSecurity, found.PendingTotal, found.Blocked, found.BlockedSecurity));
        Assert.Equal(["lonely"], found.BlockedNames);
        Assert.Equal(1, found.Incomplete);
        Assert.Equal(["twice"], found.IncompleteNames);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    [InlineData(RpmImage.Zypper)]
    public async Task An_image_without_repositories_is_not_called_patched(string manager)
    {
        using var host = RpmImage.Host(manager);
        host.UseRepository(null);
        using var workspace = TarImage.Of(host.Root);

        (await workspace.RunAsync("scan", TarImage.Request)).Failed(ImageExitCodes.BadRecipe, ImageReasons.ListsMissing);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    [InlineData(RpmImage.Zypper)]
    public async Task A_repository_that_does_not_answer_is_tried_again(string manager)
    {
        using var host = RpmImage.Host(manager);
        host.UseRepository($"http://127.0.0.1:{FreePort.Find()}");
        using var workspace = TarImage.Of(host.Root);

        (await workspace.RunAsync("scan", TarImage.Request)).Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);
    }

    [Theory]
    [InlineData(Dnf4Host.Alma, "AlmaLinux 9.4 (Seafoam Ocelot)", "it has no dnf 4 (dnf-3) or dnf 5 (dnf5) with rpm: install dnf")]
    [InlineData(ZypperHost.Sles, "SUSE Linux Enterprise Server 15 SP6", "it has no zypper with rpm: install zypper")]
    [InlineData("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "Debian GNU/Linux 12 (bookworm)", "it has no apt-get with dpkg: install apt")]
    public async Task An_image_without_its_package_manager_is_named_with_what_it_needs(string osRelease, string name, string need)
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-other-").FullName;
        Directory.CreateDirectory($"{root}/etc");
        File.WriteAllText($"{root}/etc/os-release", osRelease);
        using var workspace = TarImage.Of(root);
        Directory.Delete(root, recursive: true);

        var message = (await workspace.RunAsync("scan", TarImage.Request)).Failed(ImageExitCodes.BadRecipe, ImageReasons.UnsupportedSystem);

        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains(need, message, StringComparison.Ordinal);
    }
}
