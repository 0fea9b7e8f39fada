using System.Diagnostics;
using PatchOperator.Agent.Exec;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Hosts;

/// <summary>Runs the host's programs in the host's root, as children: the agent starts itself as <see cref="ExecCommand"/>.</summary>
/// <param name="root">The host's root.</param>
/// <param name="wrapper">A program of the agent's own image, with arguments, that runs what is appended to them; none on a host.</param>
internal sealed class HostCommands(HostRoot root, params IReadOnlyList<string> wrapper)
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    public HostRoot Root => root;

    /// <summary>
    /// Where the root has no programs of its own yet: makes of each command one of the agent's own image, which works on the root from outside. Null: the
    /// root's own programs are run, in it.
    /// </summary>
    public Func<HostCommand, HostCommand>? FromOutside { get; init; }

    /// <summary>Notes what is run to its end here; null where nobody asks.</summary>
    public CommandLog? Log { get; init; }

    /// <summary>Runs a command to its end and captures what it says. Cancellation ends it: for commands that change nothing.</summary>
    /// <exception cref="OperationCanceledException">The step's time is up, or the agent was told to stop.</exception>
    public Task<CommandResult> RunAsync(HostCommand command, CancellationToken cancellation) => Log is { } log
        ? log.TimeAsync(command.Brief, () => CaptureAsync(command, cancellation), result => result.ExitCode)
        : CaptureAsync(command, cancellation);

    /// <summary>Starts a command in its own session, its output going to a file of the host: it survives the agent, as far as the container lets it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="outputFile">A path in the host's root.</param>
    public Process StartDetached(HostCommand command, string outputFile) => Start(command, outputFile);

    /// <summary>Starts a command whose output and errors the caller reads.</summary>
    public Process Start(HostCommand command) => Start(command, outputFile: null);

    /// <summary>Runs a command and insists that it succeeds.</summary>
    /// <exception cref="HostCommandException">It did not.</exception>
    public async Task<string> ReadAsync(HostCommand command, CancellationToken cancellation)
    {
        var result = await RunAsync(command, cancellation);
        return result.Succeeded ? result.Output : throw new HostCommandException(command, result);
    }

    private async Task<CommandResult> CaptureAsync(HostCommand command, CancellationToken cancellation)
    {
        using var process = Start(command, outputFile: null);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return ThrowIfNotStarted(command, new CommandResult(process.ExitCode, await output, await errors));
        }
        catch (OperationCanceledException)
        {
            End(process);
            throw;
        }
    }

    /// <summary>What is asked to end takes away what it has left in /var/tmp, as zypper does; what does not in time, is ended.</summary>
    private static void End(Process process)
    {
        var group = new ProcessGroup(process.Id);
        if (group.Terminate())
            process.WaitForExit(TimeToEnd);
        group.Kill();
        // One that runs in another program has its session there.
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private static CommandResult ThrowIfNotStarted(HostCommand command, CommandResult result) =>
        result.ExitCode is ExecCommand.CannotEnter or ExecCommand.CannotExecute && result.Errors.StartsWith(ExecCommand.Prefix, StringComparison.Ordinal)
            ? throw new HostCommandException(command, result)
            : result;

    private Process Start(HostCommand command, string? outputFile)
    {
        var (path, started) = FromOutside is null ? (root.Path, command) : ("/", FromOutside(command));
        var exec = new ExecArguments(path, outputFile, [started.Program, .. started.Arguments]);
        IReadOnlyList<string> line = [.. wrapper, Environment.ProcessPath!, .. exec.Format()];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in HostEnvironment.Of(started))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
