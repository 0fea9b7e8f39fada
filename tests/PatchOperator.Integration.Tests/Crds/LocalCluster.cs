using System.Globalization;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>A cluster of tests/cluster that a test process has for itself, named after both.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly string Script = Repository.PathOf("tests/cluster/cluster");

    private readonly string name;

    private LocalCluster(string name) => this.name = name;

    public required string Kubeconfig { get; init; }

    /// <param name="prefix">Of its name.</param>
    /// <param name="options">Of <c>cluster up</c>.</param>
    public static async Task<LocalCluster> UpAsync(string prefix, params string[] options)
    {
        // A run that was killed leaves its own to the next one.
        foreach (var leftover in (await Run("list")).Split('\n').Where(cluster => IsLeftover(cluster, prefix)))
            await Run("down", "--name", leftover);
        var name = $"{prefix}{Environment.ProcessId}";
        await Run(["up", "--name", name, .. options]);
        return new LocalCluster(name) { Kubeconfig = await Run("kubeconfig", "--name", name) };
    }

    public async ValueTask DisposeAsync() => await Run("down", "--name", name);

    /// <summary>Runs tests/cluster/cluster, and returns what it prints.</summary>
    // In a session of its own, out of reach of whoever ends the tests; and not through our pipes, which what it starts would keep open.
    public static async Task<string> Run(params string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            var run = await Command.Run("setsid", ["--wait", "sh", "-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, Script, .. arguments]);
            var text = (await File.ReadAllTextAsync(output)).Trim();
            return run.ExitCode == 0 ? text : throw new InvalidOperationException($"cluster {string.Join(' ', arguments)}: {text}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static bool IsLeftover(string cluster, string prefix) =>
        cluster.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(cluster.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && !Directory.Exists($"/proc/{process}");
}
