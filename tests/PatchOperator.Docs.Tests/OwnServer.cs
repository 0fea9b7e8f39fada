namespace PatchOperator.Docs.Tests;

/// <summary>An API server with nothing in it, and a shell as a reader has it: in the repository, with kubectl and Helm at hand.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly TestCluster cluster;
    private readonly DirectoryInfo programs;

    private OwnServer(TestCluster cluster, DirectoryInfo programs)
    {
        this.cluster = cluster;
        this.programs = programs;
    }

    public static async Task<OwnServer> StartAsync()
    {
        var programs = Directory.CreateTempSubdirectory("programs-");
        File.CreateSymbolicLink(Path.Combine(programs.FullName, "helm"), Helm.Four.Program);
        return new OwnServer(await TestCluster.UpAsync("docs-", "--bare"), programs);
    }

    /// <summary>Runs a command of a page.</summary>
    public async Task<Command> Run(string command)
    {
        var script = $"cd '{Repository.Root}'; export KUBECONFIG='{cluster.Kubeconfig}' PATH=\"{programs.FullName}:$PATH\"\n{command}";
        return await Command.RunAsync("bash", ["-euo", "pipefail", "-c", script]);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        programs.Delete(recursive: true);
    }
}
