using System.Diagnostics;
using System.Text;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>A command that may take long or say much: the log gets every line as it comes, memory only the end.</summary>
/// <param name="commands">Of the root that it runs in.</param>
/// <param name="command">The command.</param>
/// <param name="progress">The log.</param>
/// <param name="keepsAll">Whether memory gets all of it.</param>
internal sealed class TalkingCommand(HostCommands commands, HostCommand command, Progress progress, bool keepsAll = false)
{
    private const int MaxKept = 64 * 1024;

    private readonly StringBuilder said = new();

    /// <summary>What it has said so far, or the end of it, output and errors.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <returns>Its exit code; 127 where it could not be started.</returns>
    /// <exception cref="OperationCanceledException">It was killed, with all that it had started.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var process = commands.Start(command);
        process.OutputDataReceived += (_, line) => Hear(line);
        process.ErrorDataReceived += (_, line) => Hear(line);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private void Hear(DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (said)
        {
            progress.Quote(line.Data);
            said.Append(line.Data).Append('\n');
            if (!keepsAll && said.Length > MaxKept * 2)
                said.Remove(0, said.Length - MaxKept);
        }
    }
}
