using PatchOperator.Docs.Tests.Markdown;

namespace PatchOperator.Docs.Tests;

/// <summary>
/// The commands of the README, and those of the quick start that install on a cluster of one's own. The others of the quick start are
/// run, with what they print, by the end-to-end tests.
/// </summary>
public sealed class CommandTests
{
    /// <summary>What takes more than an API server, and how each is kept true instead.</summary>
    private static readonly Dictionary<string, string> RunElsewhere = new()
    {
        ["docker push "] = "takes a registry of the reader's; the command is Docker's own",
        ["hack/build-image "] = "is run by the end-to-end tests; its options are checked here",
        ["make "] = "would run these very tests; that make knows what to do is checked here",
    };

    private const string Established = "kubectl wait --for=condition=Established crd --all --timeout=60s";

    private static IReadOnlyList<string> Commands { get; } =
    [
        .. CommandBlocks.Of(Pages.Of("README.md"))
            .Concat(CommandBlocks.Of(Pages.Of("docs/quick-start.md"), heading => heading is "Install" or "With Helm" or "With kustomize"))
            .SelectMany(block => CommandBlocks.Split(block.Commands))
            .Distinct(),
    ];

    public static TheoryData<string> MakeTargets => [.. Commands.Where(command => command.StartsWith("make ", StringComparison.Ordinal))];

    public static TheoryData<string> Builds => [.. Commands.Where(command => command.StartsWith("hack/build-image ", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(MakeTargets))]
    public async Task Make_knows_each_target(string command)
    {
        var dryRun = await Command.RunAsync("make", ["-C", Repository.Root, "--dry-run", .. command.Split(' ')[1..]]);

        Assert.Contains("hack/", dryRun.Succeeded(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Builds))]
    public async Task The_image_build_knows_each_option(string command)
    {
        var usage = (await Command.RunAsync(Repository.PathOf("hack/build-image"), ["--help"])).Succeeded();

        Assert.All(
            command.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal)),
            option => Assert.Contains($"{option} ", usage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_other_command_works_on_an_API_server_in_the_order_of_the_pages()
    {
        var commands = Commands.Where(command => !RunElsewhere.Keys.Any(start => command.StartsWith(start, StringComparison.Ordinal))).ToList();
        Assert.Contains(commands, command => command.StartsWith("helm install ", StringComparison.Ordinal));
        Assert.Contains(commands, command => command.StartsWith("kubectl apply -k ", StringComparison.Ordinal));

        await using var server = await OwnServer.StartAsync();
        foreach (var command in commands)
            (await server.Run(ForThisServer(command))).Succeeded();
    }

    /// <summary>With what both pages tell readers to add on Kubernetes before 1.25, and without a reader's pause after an installation.</summary>
    private static string ForThisServer(string command) => command switch
    {
        _ when command.StartsWith("helm install ", StringComparison.Ordinal) => $"{command} --disable-openapi-validation --server-side=false\n{Established}",
        _ when command.StartsWith("kubectl apply -k ", StringComparison.Ordinal) => $"{command} --validate=false\n{Established}",
        _ => command,
    };
}
