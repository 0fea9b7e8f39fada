using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

public class RpmBuildahTests(RpmBench bench) : IClassFixture<RpmBench>
{
    private static readonly Dictionary<string, string> Locks = new()
    {
        [RpmImage.Dnf] = "etc/dnf/plugins/versionlock.list",
        [RpmImage.Dnf5] = "etc/dnf/versionlock.toml",
        [RpmImage.Zypper] = "etc/zypp/locks",
    };

    private static readonly ImageRequestRecipe Nothing = new() { Updates = ImageRequestUpdates.None };

    [Theory]
    [InlineData(RpmImage.Dnf, ImageRequestFormat.Oci, ImageRequestUpdates.SecurityOnly, "fix 1.1-1", "lib 1.0-1")]
    [InlineData(RpmImage.Dnf, ImageRequestFormat.RawDisk, ImageRequestUpdates.All, "fix 1.1-1", "lib 1.0-1")]
    [InlineData(RpmImage.Dnf5, ImageRequestFormat.Oci, ImageRequestUpdates.SecurityOnly, "fix 1.1-1", "lib 1.0-1")]
    [InlineData(RpmImage.Zypper, ImageRequestFormat.Oci, ImageRequestUpdates.SecurityOnly, "fix 1.1-1", "lib 1.0-1")]
    [InlineData(RpmImage.Zypper, ImageRequestFormat.Tar, ImageRequestUpdates.All, "fix 1.1-1", "lib 1.0-1")]
    public async Task An_image_built_twice_is_the_same_to_the_bit(string manager, ImageRequestFormat format, ImageRequestUpdates updates, params string[] packages)
    {
        var recipe = new ImageRequestRecipe
        {
            Updates = updates,
            Install = ["extra"],
            Remove = ["old", "not-there"],
            Hold = ["lib"],
            Scripts = [new("identity", "echo golden >/etc/identity; rpm -q extra >/etc/built")],
        };
        using var workspace = new ImageWorkspaceFolder();
        using var again = new ImageWorkspaceFolder();
        (await workspace.RunAsync("build", bench.FromBase(manager, recipe, format))).Succeeded();
        (await again.RunAsync("build", bench.FromBase(manager, recipe, format))).Succeeded();

        using var root = new BuiltRoot(workspace, format);
        Assert.Equal(["extra 1.0-1", .. packages], root.Rpms("fix", "lib", "extra", "old", "weak"));
        Assert.Equal(("golden\n", "extra-1.0-1.noarch\n"), (root.Read("etc/identity"), root.Read("etc/built")));
        Assert.Contains("lib", root.Read(Locks[manager]), StringComparison.Ordinal);
        Assert.All(["var/cache/dnf", "var/cache/libdnf5", "var/cache/zypp", "var/log/zypp", "run", "tmp"], folder => Assert.Empty(root.Files(folder)));
        Assert.False(root.Exists("usr/sbin/policy-rc.d"));
        Assert.Equal(workspace.Digest(), again.Digest());
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    [InlineData(RpmImage.Zypper)]
    public async Task What_is_built_with_all_updates_lacks_none(string manager)
    {
        using var workspace = new ImageWorkspaceFolder();
        var request = bench.FromBase(manager, new() { Updates = ImageRequestUpdates.All });
        (await workspace.RunAsync("build", request)).Succeeded();
        (await workspace.RunAsync("scan", request)).Succeeded();

        using var root = new BuiltRoot(workspace, ImageRequestFormat.Tar);
        Assert.Equal(["fix 1.1-1", "lib 1.1-1"], root.Rpms("fix", "lib"));
        Assert.Equal((0, 0, 0), (workspace.Findings.PendingTotal, workspace.Findings.Blocked, workspace.Findings.Incomplete));
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "nosuch", "Unable to find a match: nosuch")]
    [InlineData(RpmImage.Dnf, "broken", "a script of a package has failed: %pre")]
    [InlineData(RpmImage.Dnf5, "nosuch", "No match for argument: nosuch")]
    [InlineData(RpmImage.Dnf5, "broken", "a script of a package has failed: %pre")]
    [InlineData(RpmImage.Zypper, "nosuch", "'nosuch'")]
    [InlineData(RpmImage.Zypper, "broken", "the scriptlet %pre")]
    public async Task A_package_that_cannot_be_installed_is_the_fault_of_the_recipe(string manager, string package, string problem)
    {
        var message = (await FailAsync(bench.FromBase(manager, Nothing with { Install = [package] }))).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.StartsWith("the packages of recipe.install cannot be installed: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    [InlineData(RpmImage.Zypper)]
    public async Task Mirrors_of_apt_are_refused_with_what_to_do(string manager)
    {
        var request = bench.FromBase(manager, Nothing);
        var message = (await FailAsync(request with { Source = request.Source with { Mirrors = ["deb http://127.0.0.1:1 bookworm main"] } }))
            .Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Contains($"are those of {(manager == RpmImage.Dnf5 ? RpmImage.Dnf : manager)}: leave it out, and name the repositories in the base image", message, StringComparison.Ordinal);
    }

    private static async Task<ImageOutcome> FailAsync(ImageRequest request)
    {
        using var workspace = new ImageWorkspaceFolder();
        var outcome = await workspace.RunAsync("build", request);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
        return outcome;
    }
}
