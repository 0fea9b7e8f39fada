using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PatchOperator.Testing;

/// <summary>A kubectl, as an administrator of one cluster.</summary>
/// <param name="kubeconfig">The path of the administrator's.</param>
/// <param name="program">The one of the machine's PATH if it is not given.</param>
public sealed class Kubectl(string kubeconfig, string program = "kubectl")
{
    private static readonly Lazy<string> OldProgram = new(() => Fetched("old"));
    private static readonly Lazy<string> NewProgram = new(() => Fetched("new"));

    /// <summary>The program of the oldest Kubernetes that we support, with kustomize 2.0, as hack/kubectl has it.</summary>
    public static string Old => OldProgram.Value;

    /// <summary>A program with a kustomize like that of Argo CD and Flux, as hack/kubectl has it.</summary>
    public static string New => NewProgram.Value;

    /// <summary>What a kustomization makes, as YAML.</summary>
    /// <param name="program">A kubectl.</param>
    /// <param name="folder">From the repository's root.</param>
    public static string Kustomize(string program, string folder) => Command.Run(program, ["kustomize", Repository.PathOf(folder)]).Succeeded();

    /// <summary>Runs it, to a success.</summary>
    /// <returns>Its output.</returns>
    public async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).Succeeded();

    /// <summary>Runs it, however it may end.</summary>
    public Task<Command> TryAsync(IEnumerable<string> arguments, string input = "") => Command.RunAsync(program, Arguments(arguments), input);

    /// <summary>Starts it, to watch what it prints.</summary>
    public Process Start(IEnumerable<string> arguments) => Command.Start(program, Arguments(arguments));

    /// <summary>All objects of a kind; further arguments choose namespace and labels.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string kind, params string[] arguments)
    {
        var list = JsonNode.Parse(await RunAsync(["get", kind, "--output=json", .. arguments]))!;
        return [.. list["items"]!.AsArray().Select(item => item!)];
    }

    /// <summary>One object; further arguments choose its namespace.</summary>
    public async Task<JsonNode> GetAsync(string kind, string name, params string[] arguments) =>
        JsonNode.Parse(await RunAsync(["get", kind, name, "--output=json", .. arguments]))!;

    private string[] Arguments(IEnumerable<string> arguments) => ["--kubeconfig", kubeconfig, .. arguments];

    private static string Fetched(string age) => Command.Run(Repository.PathOf("hack/kubectl"), [age]).Succeeded();
}
