using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PatchOperator.GitOps.Tests.Programs;

/// <summary>The files of this repository, and the programs that work on them.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static string Of(string path) => Path.Combine(Root, path);

    /// <returns>Its standard output.</returns>
    public static string Run(string program, IEnumerable<string> arguments, string input = "")
    {
        var (exitCode, output, errors) = Try(program, arguments, input);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {exitCode}\n{output}\n{errors}");
    }

    public static (int ExitCode, string Output, string Errors) Try(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No test may reach a cluster that the machine happens to know.
            Environment = { ["KUBECONFIG"] = "/nonexistent" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
