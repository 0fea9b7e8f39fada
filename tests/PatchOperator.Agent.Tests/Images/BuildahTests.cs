using System.Text.Json.Nodes;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

public class BuildahTests(ImageBench bench) : IClassFixture<ImageBench>
{
    private static readonly ImageRequestRecipe Nothing = new() { Updates = ImageRequestUpdates.None };

    [Theory]
    [InlineData(ImageRequestFormat.Oci, ImageRequestUpdates.SecurityOnly, "fix 1.1 install", "lib 1.0 hold")]
    [InlineData(ImageRequestFormat.Tar, ImageRequestUpdates.None, "fix 1.0 install", "lib 1.0 hold")]
    [InlineData(ImageRequestFormat.RawDisk, ImageRequestUpdates.All, "fix 1.1 install", "lib 1.0 hold")]
    public async Task An_image_built_twice_is_the_same_to_the_bit(ImageRequestFormat format, ImageRequestUpdates updates, params string[] packages)
    {
        var recipe = new ImageRequestRecipe
        {
            Updates = updates,
            Install = ["extra"],
            Remove = ["old"],
            Hold = ["lib"],
            Scripts = [new("identity", "echo golden >/etc/identity; echo secret >/tmp/junk"), new("clock", "date -d @$SOURCE_DATE_EPOCH +%s >/etc/built")],
        };
        using var workspace = new ImageWorkspaceFolder();
        // On another file system, which lists what is in a folder in another order.
        using var again = new ImageWorkspaceFolder(format == ImageRequestFormat.RawDisk ? null : "3G");
        (await workspace.RunAsync("build", bench.FromBase(recipe, format))).Succeeded();
        (await again.RunAsync("build", bench.FromBase(recipe, format))).Succeeded();

        Assert.Equal(workspace.Digest(), again.Digest());
        using var root = new BuiltRoot(workspace, format);
        Assert.Equal(["extra 1.0 install", .. packages], root.Packages("fix", "lib", "extra", "old"));
        Assert.Equal(("golden\n", "1700000000\n"), (root.Read("etc/identity"), root.Read("etc/built")));
        Assert.False(root.Exists("tmp/junk") || root.Exists("usr/sbin/policy-rc.d") || root.Exists("etc/resolv.conf"));
    }

    [Fact]
    public async Task All_updates_come_without_a_hold()
    {
        using var workspace = new ImageWorkspaceFolder();
        (await workspace.RunAsync("build", bench.FromBase(new() { Updates = ImageRequestUpdates.All }, ImageRequestFormat.Oci))).Succeeded();

        using var root = new BuiltRoot(workspace, ImageRequestFormat.Oci);
        Assert.Equal(["fix 1.1 install", "lib 1.1 install"], root.Packages("fix", "lib"));
        Assert.Equal(Layers(bench.Base), Layers(workspace).SkipLast(1));
    }

    [Fact]
    public async Task Mirrors_replace_the_sources_of_the_base_image()
    {
        using var workspace = new ImageWorkspaceFolder();
        var request = bench.FromBase(new() { Updates = ImageRequestUpdates.All });
        (await workspace.RunAsync("build", request with { Source = request.Source with { Mirrors = [bench.Archive.ReleaseLine] } })).Succeeded();

        using var root = new BuiltRoot(workspace, ImageRequestFormat.Tar);
        Assert.Equal(bench.Archive.ReleaseLine + "\n", root.Read("etc/apt/sources.list"));
        Assert.Equal(["fix 1.0 install", "lib 1.0 install"], root.Packages("fix", "lib"));
    }

    [Fact]
    public async Task A_failing_script_is_named_with_the_end_of_what_it_said()
    {
        var message =
            (await FailAsync(bench.FromBase(Nothing with { Scripts = [new("first", "true"), new("harden sshd", "echo no sshd here >&2; false; echo never")] })))
            .Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.Equal("the script 'harden sshd' failed with exit code 1: no sshd here", message);
    }

    [Theory]
    [InlineData("install", "Unable to locate package nosuch")]
    [InlineData("hold", "recipe.hold names packages that the image does not have: nosuch")]
    public async Task An_unknown_package_is_the_fault_of_the_recipe(string list, string problem)
    {
        var recipe = list == "install" ? Nothing with { Install = ["nosuch"] } : Nothing with { Hold = ["nosuch"] };
        var message = (await FailAsync(bench.FromBase(recipe))).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_image_that_does_not_exist_is_the_fault_of_the_recipe() =>
        (await FailAsync(From($"{bench.Registry.Address}/base:nosuch"))).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

    [Fact]
    public async Task A_registry_that_does_not_answer_is_tried_again() =>
        (await FailAsync(From($"127.0.0.1:{FreePort.Find()}/base:1"))).Failed(ImageExitCodes.TryAgain, ImageReasons.RegistryUnavailable);

    [Fact]
    public async Task A_mirror_that_does_not_answer_is_tried_again()
    {
        var request = bench.FromBase(new() { Updates = ImageRequestUpdates.All });
        var away = $"deb [trusted=yes] http://127.0.0.1:{FreePort.Find()} bookworm main";
        (await FailAsync(request with { Source = request.Source with { Mirrors = [away] } }))
            .Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);
    }

    [Fact]
    public async Task Told_to_stop_it_ends_without_a_result()
    {
        using var workspace = new ImageWorkspaceFolder();
        var request = bench.FromBase(Nothing with { Scripts = [new("endless", "echo here it hangs; sleep infinity")] });
        var outcome = await workspace.RunAsync("build", request, signalAt: "| here it hangs");

        Assert.Equal((ImageExitCodes.Stopped, (ImageResult?)null), (outcome.ExitCode, outcome.Result));
    }

    private static async Task<ImageOutcome> FailAsync(ImageRequest request)
    {
        using var workspace = new ImageWorkspaceFolder();
        var outcome = await workspace.RunAsync("build", request);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
        return outcome;
    }

    private ImageRequest From(string image)
    {
        var request = bench.FromBase(Nothing);
        return request with { Source = request.Source with { Image = image } };
    }

    private static IEnumerable<string> Layers(ImageWorkspaceFolder workspace)
    {
        string Blob(JsonNode descriptor) => workspace.PathOf("image/blobs/" + descriptor["digest"]!.GetValue<string>().Replace(':', '/'));
        var manifest = JsonNode.Parse(File.ReadAllText(Blob(JsonNode.Parse(File.ReadAllText(workspace.PathOf("image/index.json")))!["manifests"]![0]!)))!;
        var config = JsonNode.Parse(File.ReadAllText(Blob(manifest["config"]!)))!;
        return config["rootfs"]!["diff_ids"]!.AsArray().Select(layer => layer!.GetValue<string>());
    }
}
