using System.Diagnostics;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>A program that was run to its end.</summary>
internal sealed record Command(string Line, int ExitCode, string Output, string Errors)
{
    public static async Task<Command> RunAsync(string program, IEnumerable<string> arguments, string input = "", TimeSpan? within = null)
    {
        string[] all = [.. arguments];
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromMinutes(3), TimeProvider.System);
        using var process = Start(program, all);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            return new Command(string.Join(' ', [program, .. all]), process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"did not end in time: {program} {string.Join(' ', all)}");
        }
    }

    public static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })
        ?? throw new InvalidOperationException($"{program} did not start");

    /// <summary>The output of a command that must have succeeded.</summary>
    public string Succeeded() => ExitCode == 0 ? Output.Trim() : throw new InvalidOperationException($"{Line} ended with {ExitCode}\n{Output}{Errors}");
}
