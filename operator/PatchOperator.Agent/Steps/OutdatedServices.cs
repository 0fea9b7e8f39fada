using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Reboots;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Units;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// Finds the services of systemd that run code which was replaced, and that a restart would bring to what is installed. What a restart leaves alone, as that of
/// containerd the shims of containers, stays old in any case and does not count.
/// </summary>
internal sealed class OutdatedServices(StepContext context)
{
    /// <returns>Their names in order; null where it cannot be found out, or the host runs no systemd.</returns>
    public async Task<IReadOnlyList<string>?> FindAsync(Deadline deadline)
    {
        if (!SystemdMutations.AreAvailable(context.Commands.Root))
            return null;
        try
        {
            return await FindAsync(Processes(), deadline);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or HostCommandException)
        {
            context.Progress.Say($"cannot find out which services run code that was replaced: {error.Message}");
            return null;
        }
    }

    /// <summary>By service. The maps of what is in a container, as most processes of a node are, are not read.</summary>
    private ILookup<string, int> Processes()
    {
        var groups = new ProcessCgroups(context.Processes.Cgroups(context.InitPid) ?? "");
        return context.Processes.Pids()
            .Select(pid => (Id: pid, Service: context.Processes.Cgroups(pid) is { } own ? groups.Service(own) : null))
            .Where(process => process.Service is not null && context.Processes.MapsOf(process.Id) is { } maps && DeletedMaps.Of(maps).Count > 0)
            .ToLookup(process => process.Service!, process => process.Id);
    }

    private async Task<IReadOnlyList<string>> FindAsync(ILookup<string, int> processes, Deadline deadline) => processes.Count == 0
        ? []
        :
        [
            .. ServiceProcesses.ParseAll(await context.Commands.ReadAsync(ServiceProcesses.Show(processes.Select(group => group.Key)), deadline.Token))
                .Where(service => processes[service.Name].Any(service.EndsWithIt))
                .Select(service => service.Name)
                .Order(StringComparer.Ordinal),
        ];
}
