using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace PatchOperator.Fleet;

/// <summary>A real API server and etcd; with controllers, also those that turn a Job into a pod and see to what is owned. No node, no scheduler.</summary>
internal sealed class BareCluster : IAsyncDisposable
{
    private readonly string name;

    private BareCluster(string name, string kubeconfig)
    {
        this.name = name;
        Kubeconfig = kubeconfig;
        Folder = Path.GetDirectoryName(kubeconfig)!;
        Settings = File.ReadLines(Path.Combine(Folder, "settings")).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Api = ApiServer.AsAdministrator($"https://{Settings["address"]}:{Settings["api_port"]}", Pki);
    }

    /// <summary>The administrator's.</summary>
    public string Kubeconfig { get; }

    /// <summary>The cluster's state: <c>pki</c>, <c>logs</c>, <c>settings</c>.</summary>
    public string Folder { get; }

    public string Pki => Path.Combine(Folder, "pki");

    public IReadOnlyDictionary<string, string> Settings { get; }

    public ApiServer Api { get; }

    /// <summary>Takes down what an interrupted run of that name has left, and starts anew.</summary>
    public static async Task<BareCluster> StartAsync(string name, bool controllers)
    {
        await ClusterAsync("down", "--name", name);
        await ClusterAsync(controllers ? ["up", "--bare", "--controllers", "--name", name] : ["up", "--bare", "--name", name]);
        return new BareCluster(name, (await ClusterAsync("kubeconfig", "--name", name)).Trim());
    }

    /// <summary>Applies a kustomization, and waits until its CustomResourceDefinitions are served.</summary>
    public async Task ApplyAsync(string kustomization)
    {
        // This API server knows no rules in CEL, and would refuse them.
        await RunAsync("kubectl", "--kubeconfig", Kubeconfig, "apply", "--validate=false", "--kustomize", kustomization);
        await RunAsync("kubectl", "--kubeconfig", Kubeconfig, "wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    }

    /// <summary>Writes a kubeconfig with a token of a ServiceAccount, and returns its path.</summary>
    /// <param name="ns">Of the ServiceAccount.</param>
    /// <param name="serviceAccount">Its name.</param>
    /// <param name="server">The way to the API server.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<string> KubeconfigOfAsync(string ns, string serviceAccount, Uri server, CancellationToken cancellationToken)
    {
        var token = await Api.PostAsync(
            $"/api/v1/namespaces/{ns}/serviceaccounts/{serviceAccount}/token",
            new JsonObject
            {
                ["apiVersion"] = "authentication.k8s.io/v1",
                ["kind"] = "TokenRequest",
                ["spec"] = new JsonObject { ["expirationSeconds"] = 86400 },
            },
            cancellationToken);
        var file = Path.Combine(Folder, $"{serviceAccount}-{server.Port}.kubeconfig");
        var config = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new JsonArray(new JsonObject
            {
                ["name"] = name,
                ["cluster"] = new JsonObject { ["server"] = server.ToString().TrimEnd('/'), ["certificate-authority"] = Path.Combine(Pki, "ca.crt") },
            }),
            ["users"] = new JsonArray(
                new JsonObject { ["name"] = serviceAccount, ["user"] = new JsonObject { ["token"] = token["status"]!["token"]!.DeepClone() } }),
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = name, ["context"] = new JsonObject { ["cluster"] = name, ["user"] = serviceAccount } }),
            ["current-context"] = name,
        };
        await File.WriteAllTextAsync(file, config.ToJsonString(), cancellationToken);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await ClusterAsync("down", "--name", name);
    }

    /// <summary>A path of the repository.</summary>
    public static string PathOf(string path) => Path.Combine(Root(), path);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private static Task<string> ClusterAsync(params string[] arguments) => RunAsync(PathOf("tests/cluster/cluster"), arguments);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {output}{await errors}");
    }
}
