using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Images;

public class ImageScanTests
{
    [Fact]
    public async Task An_image_is_scanned_as_a_node_that_came_from_it_would_be()
    {
        using var host = new TestHost();
        host.Main(APackage("fix", "1.0"), APackage("lib", "1.0"), APackage("kept", "1.0"), APackage("new", "3.0")).Install("fix", "lib", "kept", "new");
        host.Run("apt-mark", "hold", "kept");
        host.Main(APackage("lib", "1.1"), APackage("kept", "1.1")).Security(APackage("fix", "1.1"));
        using var workspace = TarImage.Of(host.Root);
        var architecture = host.Run("dpkg", "--print-architecture").Trim();
        (await workspace.RunAsync("scan", TarImage.Request with
        {
            Expected =
            [
                new("run-1", null, null, [new("fix", "1.1"), new("lib", "1.0"), new("absent", "1.0"), new("new", "2.0")]),
                new("run-2", "debian-12", architecture, [new("fix", "1.1"), new("lib", "1.1")]),
                new("run-3", "ubuntu-24.04", architecture, [new("fix", "1.1")]),
                new("run-4", "debian-12", "another", [new("fix", "1.1")]),
            ],
        })).Succeeded();

        var node = await host.ScanAsync();
        var found = workspace.Findings;
        Assert.Equal((node.Report.Host.OsFamily, node.Report.Host.OsImage), (found.OsFamily, found.OsImage));
        Assert.Equal(node.Report.Installed, new InstalledFacts(found.Packages, found.PatchLevel));
        Assert.Equal((1, 2, 1), (found.PendingSecurity, found.PendingTotal, found.Held));
        Assert.Equal(["fix", "lib"], found.PendingNames);
        Assert.Equal(["run-1 1 fix", "run-2 2 fix lib", "run-3 0 ", "run-4 0 "], found.Expected.Select(run => $"{run.Run} {run.Missing} {string.Join(' ', run.Names)}"));
        var upgradable = host.Run("apt", "list", "--upgradable").Split('\n').Count(line => line.Contains('/'));
        Assert.Equal(upgradable, found.PendingTotal + found.Held);
        Assert.False(Directory.Exists(workspace.PathOf("scratch")));
    }

    [Fact]
    public async Task What_is_blocked_and_what_is_not_whole_is_found_in_an_image_too()
    {
        using var host = new TestHost()
            .Main(APackage("lib", "1.0"), APackage("app", "1.0").DependsOn("lib (<< 2)"), APackage("bad", "1.0").WithPostinst("exit 1"))
            .Security(APackage("lib", "2.0"))
            .Install("lib=1.0", "app");
        host.Try("dpkg", "--install", "/archive/main/bad_1.0_all.deb");
        using var workspace = TarImage.Of(host.Root);

        (await workspace.RunAsync("scan", TarImage.Request)).Succeeded();

        var found = workspace.Findings;
        Assert.Equal((0, 0, 1, 1), (found.PendingSecurity, found.PendingTotal, found.Blocked, found.BlockedSecurity));
        Assert.Equal(["lib"], found.BlockedNames);
        Assert.Equal(1, found.Incomplete);
        Assert.Equal(["bad"], found.IncompleteNames);
    }

    [Fact]
    public async Task An_image_without_archives_is_not_called_patched()
    {
        using var host = new TestHost();
        host.UseSources();
        using var workspace = TarImage.Of(host.Root);

        (await workspace.RunAsync("scan", TarImage.Request)).Failed(ImageExitCodes.BadRecipe, ImageReasons.ListsMissing);
    }

    [Fact]
    public async Task A_mirror_that_does_not_answer_is_tried_again()
    {
        using var host = new TestHost();
        host.UseSources($"deb [trusted=yes] http://127.0.0.1:{FreePort.Find()} bookworm main");
        using var workspace = TarImage.Of(host.Root);

        (await workspace.RunAsync("scan", TarImage.Request)).Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);
    }

    [Fact]
    public async Task A_system_that_is_not_supported_is_named()
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-other-").FullName;
        Directory.CreateDirectory($"{root}/etc");
        File.WriteAllText($"{root}/etc/os-release", "ID=alpine\nPRETTY_NAME=\"Alpine Linux v3.20\"\n");
        using var workspace = TarImage.Of(root);
        Directory.Delete(root, recursive: true);

        var message = (await workspace.RunAsync("scan", TarImage.Request)).Failed(ImageExitCodes.BadRecipe, ImageReasons.UnsupportedSystem);
        Assert.Contains("Alpine Linux v3.20", message, StringComparison.Ordinal);
    }
}
