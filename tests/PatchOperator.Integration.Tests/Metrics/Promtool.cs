using System.Diagnostics;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>Debian's Prometheus and its promtool, as the folder's <c>prerequisites</c> puts them into the cache.</summary>
internal static class Promtool
{
    /// <returns>The path of <paramref name="name"/>.</returns>
    public static string Program(string name)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var path = Path.Combine(cache, "patch-operator", "prometheus", "usr", "bin", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: run tests/PatchOperator.Integration.Tests/prerequisites");
    }

    /// <summary>Runs promtool.</summary>
    /// <returns>All it has said, with its exit code.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program("promtool"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
