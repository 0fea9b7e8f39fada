using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using k8s;
using k8s.Models;
using PatchOperator.Testing;

namespace PatchOperator.Integration.Tests;

/// <summary>
/// A real API server, shared by all tests of this assembly and taken down with it; the cluster that <c>TEST_KUBECONFIG</c> names, if it is
/// set, or a K3s, if <c>TEST_CLUSTER</c> is <c>k3s</c>. Use it as a class fixture (classes run side by side) and keep apart from other tests by <see cref="UniqueName"/>.
/// </summary>
public sealed class ApiServerFixture : IAsyncLifetime, IDisposable
{
    private const string NamePrefix = "it-";

    private static readonly Lazy<Task<string>> Shared = new(BringUpAsync);
    private Kubernetes? client;
    private string? kubeconfig;

    /// <summary>The kubeconfig of an administrator.</summary>
    public string Kubeconfig => kubeconfig ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>A client of an administrator.</summary>
    public IKubernetes Kubernetes => client ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>A configuration of its own for each caller.</summary>
    public KubernetesClientConfiguration Configuration() => KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig);

    /// <summary>A name nobody else uses, good for namespaces and nodes alike.</summary>
    public static string UniqueName(string hint) => $"{hint}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>A namespace of its own.</summary>
    public async Task<string> CreateNamespaceAsync(string hint)
    {
        var name = UniqueName(hint);
        await Kubernetes.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = name } });
        return name;
    }

    public async Task InitializeAsync()
    {
        kubeconfig = await Shared.Value;
        client = new Kubernetes(Configuration());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => client?.Dispose();

    private static async Task<string> BringUpAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_KUBECONFIG") is { Length: > 0 } given)
            return given;
        if (K3sCluster.IsWanted)
            return (await K3sCluster.StartAsync()).Kubeconfig;

        // One cluster per process, so that runs do not take down each other's; a run that was killed leaves its own to the next one.
        var script = Path.Combine(RepositoryRoot(), "tests", "cluster", "cluster");
        foreach (var leftover in (await RunAsync(script, "list")).Split('\n').Where(IsLeftover))
            await RunAsync(script, "down", "--name", leftover);
        var name = $"{NamePrefix}{Environment.ProcessId}";
        await RunAsync(script, "up", "--bare", "--name", name);

        // Not waited for, and without our pipes: the test host is given no time to end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            Start("sh", "-c", "exec \"$@\" </dev/null >/dev/null 2>&1", "sh", script, "down", "--name", name).Dispose();
        return (await RunAsync(script, "kubeconfig", "--name", name)).Trim();
    }

    private static bool IsLeftover(string cluster) =>
        cluster.StartsWith(NamePrefix, StringComparison.Ordinal)
        && int.TryParse(cluster.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && !Directory.Exists($"/proc/{process}");

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Start(script, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} failed: {await errors}{await output}");
    }

    /// <summary>Starts a command in a session of its own, out of reach of whoever ends the tests.</summary>
    private static Process Start(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--wait");
        start.ArgumentList.Add(command);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start");
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
