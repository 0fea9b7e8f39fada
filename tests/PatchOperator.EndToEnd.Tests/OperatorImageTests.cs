using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

/// <summary>What is in the image that runs on every node, and what is not.</summary>
[Collection(EmptyClusterCollection.Name)]
public sealed class OperatorImageTests : IAsyncLifetime
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "busybox", "zsh", "perl", "python3"];

    private ImageArchive? image;

    private ImageArchive Image => image!;

    public async Task InitializeAsync() => image = ImageArchive.Read((await Images.BuiltAsync()).Operator);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void It_has_operator_and_agent_and_nothing_to_run_commands_with()
    {
        Assert.True(Image.Files["app/patch-operator"].HasFlag(UnixFileMode.OtherExecute));
        Assert.True(Image.Files["app/patch-agent"].HasFlag(UnixFileMode.OtherExecute));
        Assert.DoesNotContain(Image.Files.Keys, path => path.StartsWith("app/", StringComparison.Ordinal) && Path.GetExtension(path) is ".dbg" or ".xml");
        Assert.DoesNotContain(Image.Files.Keys, path => Shells.Contains(Path.GetFileName(path)));
        Assert.DoesNotContain(Image.Files.Keys, path => Path.GetFileName(path) is "apt" or "apt-get" or "dpkg" or "apk");
    }

    [Fact]
    public void Nothing_in_it_gives_rights_or_can_be_changed_by_others()
    {
        Assert.DoesNotContain(Image.Files, file => (file.Value & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0);
        Assert.DoesNotContain(Image.Files, file => file.Key.StartsWith("app/", StringComparison.Ordinal) && file.Value.HasFlag(UnixFileMode.OtherWrite));
    }

    [Fact]
    public void It_runs_as_a_plain_user_and_says_what_it_is()
    {
        Assert.Equal("65532:65532", Image.Config.Text("User"));
        Assert.Equal("""["/app/patch-operator"]""", Image.Config.At("Entrypoint")!.ToJsonString());
        foreach (var label in new[] { "title", "description", "version", "revision" })
            Assert.NotEmpty(Image.Config["Labels"]![$"org.opencontainers.image.{label}"]!.ToString());
    }
}
