using System.Globalization;

namespace PatchOperator.Testing;

/// <summary>A cluster of tests/cluster that a test process has for itself, named after both.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly string Script = Repository.PathOf("tests/cluster/cluster");

    private readonly string name;

    private TestCluster(string name) => this.name = name;

    /// <summary>The path of an administrator's kubeconfig.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>Starts one, once those are gone that killed runs have left.</summary>
    /// <param name="prefix">Of its name.</param>
    /// <param name="options">Of <c>cluster up</c>.</param>
    public static async Task<TestCluster> UpAsync(string prefix, params string[] options)
    {
        foreach (var leftover in (await RunAsync("list")).Split('\n').Where(cluster => IsLeftover(cluster, prefix)))
            await RunAsync("down", "--name", leftover);
        var name = $"{prefix}{Environment.ProcessId}";
        await RunAsync(["up", "--name", name, .. options]);
        return new TestCluster(name) { Kubeconfig = await RunAsync("kubeconfig", "--name", name) };
    }

    public async ValueTask DisposeAsync() => await RunAsync("down", "--name", name);

    /// <summary>Runs tests/cluster/cluster, and returns what it prints.</summary>
    // In a session of its own, out of reach of whoever ends the tests; and not through our pipes, which what it starts would keep open.
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            var run = await Command.RunAsync("setsid", ["--wait", .. Quietly(output, arguments)]);
            var text = (await File.ReadAllTextAsync(output)).Trim();
            return run.ExitCode == 0 ? text : throw new InvalidOperationException($"cluster {string.Join(' ', arguments)}: {text}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>Takes it down when this process ends, which is given no time to wait for it.</summary>
    public void LeaveToProcessExit() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Command.Start("setsid", Quietly("/dev/null", ["down", "--name", name])).Dispose();

    private static string[] Quietly(string output, string[] arguments) =>
        ["sh", "-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, Script, .. arguments];

    private static bool IsLeftover(string cluster, string prefix) =>
        cluster.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(cluster.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && !Directory.Exists($"/proc/{process}");
}
