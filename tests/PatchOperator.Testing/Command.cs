using System.Diagnostics;

namespace PatchOperator.Testing;

/// <summary>A program that was run to its end, in the repository's folder unless another is given.</summary>
/// <param name="Line">The command line.</param>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it said on standard error.</param>
public sealed record Command(string Line, int ExitCode, string Output, string Errors)
{
    // Longer than anything takes that makes progress.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs a program; throws a <see cref="TimeoutException"/> where it hangs.</summary>
    public static async Task<Command> RunAsync(string program, IEnumerable<string> arguments, string input = "", string? folder = null)
    {
        string[] all = [.. arguments];
        var line = string.Join(' ', [program, .. all]);
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        using var process = Start(program, all, folder);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            return new Command(line, process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"did not end in time: {line}");
        }
    }

    /// <summary>The same for those who cannot wait otherwise.</summary>
    // On a thread of the pool: what follows an await would else need the very thread that waits here.
    public static Command Run(string program, IEnumerable<string> arguments, string input = "") =>
        Task.Run(() => RunAsync(program, arguments, input)).GetAwaiter().GetResult();

    /// <summary>Starts a program with all of its standard streams at hand.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string? folder = null) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No test may reach a cluster that the machine happens to know.
            Environment = { ["KUBECONFIG"] = "/nonexistent" },
        })
        ?? throw new InvalidOperationException($"{program} did not start");

    /// <summary>This, which must have succeeded.</summary>
    public Command Checked() => ExitCode == 0 ? this : throw new InvalidOperationException($"{Line} ended with {ExitCode}\n{Output}{Errors}");

    /// <summary>The output of a command that must have succeeded, without blanks around it.</summary>
    public string Succeeded() => Checked().Output.Trim();
}
