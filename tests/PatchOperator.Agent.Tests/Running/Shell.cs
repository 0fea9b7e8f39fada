using System.Diagnostics;

namespace PatchOperator.Agent.Tests.Running;

/// <summary>Programs of the machine that runs the tests.</summary>
internal static class Shell
{
    /// <returns>Its standard output.</returns>
    public static string Run(string program, params string[] arguments)
    {
        var (exitCode, output, errors) = Try(program, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {exitCode}\n{output}\n{errors}");
    }

    public static (int ExitCode, string Output, string Errors) Try(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        return Process.Start(start)!;
    }
}
