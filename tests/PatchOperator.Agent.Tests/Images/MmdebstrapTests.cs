using System.Net;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

public class MmdebstrapTests(ImageBench bench) : IClassFixture<ImageBench>
{
    private static readonly ImageRequestRecipe Nothing = new() { Updates = ImageRequestUpdates.None };

    [Fact]
    public async Task An_OCI_image_built_twice_is_the_same_to_the_bit()
    {
        using var again = new ImageWorkspaceFolder();
        (await again.RunAsync("build", bench.BaseRequest)).Succeeded();

        Assert.Equal(bench.Base.Digest(), again.Digest());
    }

    [Fact]
    public void Without_updates_the_release_alone_is_installed_and_the_image_knows_all_sources()
    {
        using var root = new BuiltRoot(bench.Base, ImageRequestFormat.Oci);

        Assert.Equal(["fix 1.0 install", "lib 1.0 install", "old 1.0 install"], root.Packages("fix", "lib", "old"));
        Assert.Equal(bench.Archive.Lines, root.Read("etc/apt/sources.list").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Nothing_is_left_of_the_build_but_the_image()
    {
        using var root = new BuiltRoot(bench.Base, ImageRequestFormat.Oci);

        Assert.Equal(["image"], Directory.EnumerateFileSystemEntries(bench.Base.Folder).Select(Path.GetFileName));
        Assert.All(["dev", "run", "tmp", "var/log/apt"], folder => Assert.Empty(root.Files(folder)));
        Assert.All(
            ["etc/resolv.conf", "etc/hostname", "usr/sbin/policy-rc.d", "var/log/dpkg.log", "var/cache/apt/pkgcache.bin"],
            file => Assert.False(root.Exists(file), file));
        Assert.Equal("0\n", Shell.Run("sh", "-c", "find \"$1\" ! -perm -o=r | wc -l", "sh", bench.Base.Folder));
    }

    [Fact]
    public async Task Security_updates_alone_are_installed_and_packages_removed_and_held_as_a_tar_archive()
    {
        using var workspace = new ImageWorkspaceFolder();
        var request = bench.FromSuite(ImageRequestUpdates.SecurityOnly, ImageRequestFormat.Tar);
        var recipe = request.Recipe with { Install = ["fix", "extra", "old"], Hold = ["fix"], Remove = ["old", "not-there"] };
        (await workspace.RunAsync("build", request with { Recipe = recipe })).Succeeded();

        using var root = new BuiltRoot(workspace, ImageRequestFormat.Tar);
        Assert.Equal(["extra 1.0 install", "fix 1.1 hold", "lib 1.0 install"], root.Packages("extra", "fix", "lib", "old"));
        Assert.Equal(bench.Archive.Lines, root.Read("etc/apt/sources.list").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(
            $"/{ImageWorkspaceFolder.Group} ",
            Shell.Run("tar", "--list", "--verbose", "--numeric-owner", "--file", workspace.PathOf("rootfs.tar")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_tried_again()
    {
        using var workspace = new ImageWorkspaceFolder(size: "60M");
        (await workspace.RunAsync("build", bench.FromSuite(ImageRequestUpdates.None, ImageRequestFormat.Tar)))
            .Failed(ImageExitCodes.TryAgain, ImageReasons.DiskFull);
    }

    [Fact]
    public async Task All_updates_are_installed_on_a_disk()
    {
        using var workspace = new ImageWorkspaceFolder();
        var request = bench.FromSuite(ImageRequestUpdates.All, ImageRequestFormat.RawDisk);
        (await workspace.RunAsync("build", request with { Recipe = request.Recipe with { Install = ["fix", "lib"] } })).Succeeded();

        using var root = new BuiltRoot(workspace, ImageRequestFormat.RawDisk);
        Assert.Equal(["fix 1.1 install", "lib 1.1 install"], root.Packages("fix", "lib"));
        Shell.Run("e2fsck", "-f", "-n", workspace.PathOf("disk.raw") + "?offset=1048576");
        Assert.Contains(Disks.RootPartitionHere, Shell.Run("sfdisk", "--dump", workspace.PathOf("disk.raw")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_package_is_the_fault_of_the_recipe()
    {
        var message =
            (await FailAsync(bench.FromSuite(ImageRequestUpdates.None, ImageRequestFormat.Tar) with { Recipe = Nothing with { Install = ["nosuch"] } }))
            .Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.Contains("Unable to locate package nosuch", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_the_mirror_does_not_have_is_the_fault_of_the_recipe()
    {
        var message = (await FailAsync(From("nosuch", bench.Archive.Server.Url))).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.Contains("dists/nosuch/", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mirrors_without_the_suite_itself_are_a_mistake()
    {
        var request = From("bookworm", bench.Archive.Server.Url);
        var outcome = await FailAsync(request with { Source = request.Source with { Suite = "trixie" } });

        Assert.Contains(
            "source.mirrors has no line of the suite trixie", outcome.Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_that_does_not_answer_is_tried_again() =>
        (await FailAsync(From("bookworm", $"http://127.0.0.1:{FreePort.Find()}"))).Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);

    [Fact]
    public async Task A_mirror_that_is_out_of_order_is_tried_again()
    {
        var folder = Directory.CreateTempSubdirectory("patch-operator-empty-").FullName;
        using var server = new StaticServer(folder) { Answer = HttpStatusCode.ServiceUnavailable };
        (await FailAsync(From("bookworm", server.Url))).Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);
        Directory.Delete(folder);
    }

    private static async Task<ImageOutcome> FailAsync(ImageRequest request)
    {
        using var workspace = new ImageWorkspaceFolder();
        var outcome = await workspace.RunAsync("build", request);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
        return outcome;
    }

    private ImageRequest From(string suite, string url)
    {
        var request = bench.FromSuite(ImageRequestUpdates.None, ImageRequestFormat.Tar);
        return request with { Source = request.Source with { Suite = suite, Mirrors = [$"deb [trusted=yes] {url} {suite} main"] } };
    }
}
