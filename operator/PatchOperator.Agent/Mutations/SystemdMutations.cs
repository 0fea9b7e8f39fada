using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Mutations;

/// <summary>As a transient unit of the host: neither the agent's end nor a restart of containerd or the kubelet can stop it halfway.</summary>
internal sealed class SystemdMutations(HostCommands commands, StateDirectory state, Progress progress) : IMutations
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>The host is booted with systemd, see sd_booted(3).</summary>
    public static bool AreAvailable(HostRoot root) => root.DirectoryExists("/run/systemd/system");

    public async Task<MutationEnd?> ResumeAsync(string name, Deadline deadline)
    {
        SystemdUnitState? unit;
        while ((unit = await AskAsync(name, deadline)) is null)
            await deadline.PauseAsync(Glance);
        if (unit.Phase is SystemdUnitPhase.Absent)
            return null;
        progress.Say($"{name}: an earlier agent started this unit on the host; going on with it");
        return await WaitAsync(name, deadline);
    }

    public async Task<MutationEnd> RunAsync(string name, HostCommand command, Deadline deadline)
    {
        // What an agent that has died has left of this name ends first, and frees it: systemd takes none twice.
        _ = await ResumeAsync(name, deadline);
        var log = new MutationLog(state, name, progress);
        log.Begin();
        progress.Say($"{name}: starting as a unit of the host: {command}");
        await commands.ReadAsync(SystemdUnit.Start(name, command, log.HostPath, HostEnvironment.Of(command)), deadline.Token);
        return await WaitAsync(name, deadline);
    }

    private async Task<MutationEnd> WaitAsync(string name, Deadline deadline)
    {
        var log = new MutationLog(state, name, progress);
        try
        {
            while (true)
            {
                var unit = await AskAsync(name, deadline);
                var said = log.Read();
                if (unit is { Phase: not SystemdUnitPhase.Running })
                    return await TakeAsync(name, unit, said, deadline);
                await deadline.PauseAsync(Glance);
            }
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw MutationTimeout.Of($"unit {name}.service", command: null);
        }
    }

    /// <summary>Null when systemd does not answer, as while it re-executes itself: ask again.</summary>
    private async Task<SystemdUnitState?> AskAsync(string name, Deadline deadline)
    {
        var result = await commands.RunAsync(SystemdUnit.Show(name), deadline.Token);
        if (result.Succeeded)
            return SystemdUnitState.Parse(result.Output);
        progress.Say($"{name}: systemd does not answer: {result.Complaint}");
        return null;
    }

    private async Task<MutationEnd> TakeAsync(string name, SystemdUnitState unit, string log, Deadline deadline)
    {
        if (unit.Phase is SystemdUnitPhase.Ended)
        {
            // Either may find nothing left to do; a unit that stays loaded would be taken for an earlier agent's next time.
            await commands.RunAsync(SystemdUnit.Stop(name), deadline.Token);
            await commands.RunAsync(SystemdUnit.Forget(name), deadline.Token);
        }

        progress.Say($"{name}: ended with {(unit.ExitCode is { } code ? $"exit code {code}" : "an exit code nobody knows")}");
        return new MutationEnd(unit.ExitCode, log);
    }
}
