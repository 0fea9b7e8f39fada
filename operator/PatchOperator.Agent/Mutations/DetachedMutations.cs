using System.Diagnostics;
using PatchOperator.Agent.Exec;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Mutations;

/// <summary>
/// Where there is no systemd: a child in a session of its own. It survives the agent only if the container does; what is then left is
/// found by the package manager's lock, and repaired by the next step.
/// </summary>
internal sealed class DetachedMutations(HostCommands commands, StateDirectory state, Progress progress) : IMutations
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public Task<MutationEnd?> ResumeAsync(string name, Deadline deadline) => Task.FromResult<MutationEnd?>(null);

    public async Task<MutationEnd> RunAsync(string name, HostCommand command, Deadline deadline)
    {
        var log = new MutationLog(state, name, progress);
        log.Begin();
        progress.Say($"{name}: {command}");
        using var process = commands.StartDetached(command, log.HostPath);
        try
        {
            await WaitAsync(process, log, deadline);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw MutationTimeout.Of($"process {process.Id}", command);
        }

        await ThrowIfNotStartedAsync(process, command);
        return new MutationEnd(process.ExitCode, log.Read());
    }

    private static async Task WaitAsync(Process process, MutationLog log, Deadline deadline)
    {
        var exit = process.WaitForExitAsync(deadline.Token);
        while (await Task.WhenAny(exit, deadline.PauseAsync(Glance)) != exit)
        {
            deadline.Token.ThrowIfCancellationRequested();
            log.Read();
        }

        await exit;
    }

    private static async Task ThrowIfNotStartedAsync(Process process, HostCommand command)
    {
        if (process.ExitCode is not (ExecCommand.CannotEnter or ExecCommand.CannotExecute))
            return;
        var result = new CommandResult(process.ExitCode, "", await process.StandardError.ReadToEndAsync());
        if (result.Errors.StartsWith(ExecCommand.Prefix, StringComparison.Ordinal))
            throw new HostCommandException(command, result);
    }
}
