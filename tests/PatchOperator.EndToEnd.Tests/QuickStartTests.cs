using PatchOperator.Docs.Tests.Markdown;
using PatchOperator.EndToEnd.Tests.Clusters;

namespace PatchOperator.EndToEnd.Tests;

/// <summary>A stranger's first hour: docs/quick-start.md on a machine that has no cluster, typed as it stands there.</summary>
public sealed class QuickStartTests : IAsyncLifetime
{
    /// <summary>The reader's own cluster, if there is one, is not the test's to take down.</summary>
    private const string ReadersCluster = "--name quick-start";
    private const string Cluster = "e2e-quick-start";

    /// <summary>Installs on a cluster that the reader has already.</summary>
    private static readonly string[] OtherWays = ["Install", "With Helm", "With kustomize"];

    private readonly NodeMachines machines = new(Cluster);
    private readonly List<string> exports = [];

    public async Task InitializeAsync()
    {
        Prerequisites.Require();
        await machines.DownAsync();
    }

    public Task DisposeAsync() => machines.DownAsync();

    [Fact]
    public async Task Each_command_works_and_prints_what_the_page_shows()
    {
        var page = MarkdownPage.Parse(Repository.PathOf("."), "docs/quick-start.md");
        foreach (var (commands, output) in CommandBlocks.Of(page, heading => !OtherWays.Contains(heading)))
        {
            var printed = await RunAsync(commands);
            var difference = output is null ? null : OutputShape.Difference(output.Text, printed);
            Assert.True(difference is null, $"{output}\n{difference}");
        }
    }

    private async Task<string> RunAsync(CodeBlock commands)
    {
        if (commands.Text.StartsWith("hack/build-image ", StringComparison.Ordinal))
        {
            await TakeBuiltImagesAsync(commands);
            return "";
        }

        var text = commands.Text.Replace(ReadersCluster, $"--name {Cluster}", StringComparison.Ordinal);
        string[] script = [$"cd '{Repository.PathOf(".")}'", .. exports, text];
        exports.AddRange(text.Split('\n').Where(line => line.StartsWith("export ", StringComparison.Ordinal)));
        // In a session of its own: what it starts for good must not end with the test host.
        var command = await Command.RunAsync("setsid", ["--wait", "bash", "-euo", "pipefail", "-c", string.Join('\n', script)]);
        Assert.True(command.ExitCode == 0, $"{commands}\n{command.Output}{command.Errors}");
        return command.Output.Replace(Cluster, "quick-start", StringComparison.Ordinal);
    }

    // By the same script, once for all tests: two builds at a time would be in each other's way.
    private static async Task TakeBuiltImagesAsync(CodeBlock commands)
    {
        string[] words = commands.Text.Split(' ');
        Assert.Equal(["hack/build-image", "--output", "--tools-output"], [words[0], words[1], words[3]]);
        var images = await Images.BuiltAsync();
        Directory.CreateDirectory(Repository.PathOf("out"));
        File.Copy(images.Operator, Repository.PathOf(words[2]), overwrite: true);
        File.Copy(images.Tools, Repository.PathOf(words[4]), overwrite: true);
    }
}
