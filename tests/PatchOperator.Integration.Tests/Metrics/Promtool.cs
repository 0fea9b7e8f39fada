namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>Debian's Prometheus and its promtool, as the folder's <c>prerequisites</c> puts them into the cache.</summary>
internal static class Promtool
{
    /// <returns>The path of <paramref name="name"/>.</returns>
    public static string Program(string name)
    {
        var path = Cache.PathOf($"prometheus/usr/bin/{name}");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: run tests/PatchOperator.Integration.Tests/prerequisites");
    }

    /// <summary>Runs promtool.</summary>
    /// <returns>All it has said, with its exit code.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] arguments)
    {
        var run = await Command.RunAsync(Program("promtool"), arguments, input ?? "");
        return (run.ExitCode, run.Output + run.Errors);
    }
}
