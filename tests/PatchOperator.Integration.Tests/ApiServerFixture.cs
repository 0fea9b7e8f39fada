using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;

namespace PatchOperator.Integration.Tests;

/// <summary>
/// A real API server, shared by all tests of this assembly and taken down with it; the cluster that <c>TEST_KUBECONFIG</c> names, if it is
/// set. Use it as a class fixture (classes run side by side) and keep apart from other tests by <see cref="UniqueName"/>.
/// </summary>
public sealed class ApiServerFixture : IAsyncLifetime, IDisposable
{
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

        // One cluster per checkout: a run that was killed leaves it behind, and the next run of the same checkout finds it again.
        var script = Path.Combine(RepositoryRoot(), "tests", "cluster", "cluster");
        var name = $"it-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)))[..8]}";
        await RunAsync(script, "up", "--bare", "--name", name);

        // Not waited for: the test host is given no time to end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Start(script, "down", "--name", name).Dispose();
        return (await RunAsync(script, "kubeconfig", "--name", name)).Trim();
    }

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

    private static Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--wait");
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start");
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
