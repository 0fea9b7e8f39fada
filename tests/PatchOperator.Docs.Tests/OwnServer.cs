using System.Globalization;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests;

/// <summary>An API server with nothing in it, and a shell as a reader has it: in the repository, with kubectl and Helm at hand.</summary>
internal sealed class OwnServer : IDisposable
{
    private const string NamePrefix = "docs-";

    private static readonly string Script = Repository.PathOf("tests/cluster/cluster");

    private readonly DirectoryInfo programs = Directory.CreateTempSubdirectory("programs-");

    private OwnServer()
    {
    }

    private static string Name => $"{NamePrefix}{Environment.ProcessId}";

    public static async Task<OwnServer> StartAsync()
    {
        // A run that was killed leaves its own to the next one.
        foreach (var leftover in (await Cluster("list")).Split('\n').Where(IsLeftover))
            await Cluster("down", "--name", leftover);
        var server = new OwnServer();
        var helm = (await Command.Run(Repository.PathOf("hack/helm"), ["4"])).Succeeded();
        File.CreateSymbolicLink(Path.Combine(server.programs.FullName, "helm"), helm);
        await Cluster("up", "--bare", "--name", Name);
        return server;
    }

    /// <summary>Runs a command of a page.</summary>
    public async Task<Command> Run(string command)
    {
        var kubeconfig = await Cluster("kubeconfig", "--name", Name);
        var script = $"cd '{Repository.Root}'; export KUBECONFIG='{kubeconfig}' PATH=\"{programs.FullName}:$PATH\"\n{command}";
        return await Command.Run("bash", ["-euo", "pipefail", "-c", script]);
    }

    public void Dispose()
    {
        Cluster("down", "--name", Name).GetAwaiter().GetResult();
        programs.Delete(recursive: true);
    }

    private static bool IsLeftover(string cluster) =>
        cluster.StartsWith(NamePrefix, StringComparison.Ordinal)
        && int.TryParse(cluster.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && !Directory.Exists($"/proc/{process}");

    // In a session of its own, out of reach of whoever ends the tests; and not through our pipes, which what it starts would keep open.
    private static async Task<string> Cluster(params string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            (await Command.Run("setsid", ["--wait", "sh", "-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, Script, .. arguments])).Succeeded();
            return (await File.ReadAllTextAsync(output)).Trim();
        }
        finally
        {
            File.Delete(output);
        }
    }
}
