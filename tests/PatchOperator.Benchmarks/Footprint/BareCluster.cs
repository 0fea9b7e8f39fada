using System.Diagnostics;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Models;

namespace PatchOperator.Benchmarks.Footprint;

/// <summary>A real API server and etcd, and nothing else.</summary>
internal sealed class BareCluster : IAsyncDisposable
{
    private const string Name = "footprint";

    private BareCluster(string kubeconfig)
    {
        Kubeconfig = kubeconfig;
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
    }

    public string Kubeconfig { get; }

    public Kubernetes Client { get; }

    public static async Task<BareCluster> StartAsync()
    {
        await ClusterAsync("down", "--name", Name);
        await ClusterAsync("up", "--bare", "--name", Name);
        return new BareCluster((await ClusterAsync("kubeconfig", "--name", Name)).Trim());
    }

    public async Task InstallCrdsAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(PathOf("crds"), "patchoperator.io_*.yaml"))
        {
            var definition = await KubernetesYaml.LoadFromFileAsync<V1CustomResourceDefinition>(file);
            await Client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(definition, cancellationToken: cancellationToken);
            await EstablishedAsync(definition.Metadata.Name, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await ClusterAsync("down", "--name", Name);
    }

    private async Task EstablishedAsync(string name, CancellationToken cancellationToken)
    {
        while ((await Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken))
            .Status?.Conditions?.Any(condition => condition is { Type: "Established", Status: "True" }) != true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<string> ClusterAsync(params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(PathOf("tests/cluster/cluster"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"cluster {string.Join(' ', arguments)}: {await errors}");
    }

    private static string PathOf(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path));
}
