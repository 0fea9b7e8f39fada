using System.Globalization;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Units;

/// <summary>Which processes of a service its restart ends: all, or its main process alone; see systemd.kill(5).</summary>
/// <param name="Name">Such as <c>containerd.service</c>.</param>
/// <param name="MainPid">Its main process; 0 where there is none.</param>
/// <param name="KillMode"><c>control-group</c>, <c>mixed</c>, <c>process</c> or <c>none</c>.</param>
internal sealed record ServiceProcesses(string Name, int MainPid, string KillMode)
{
    public static HostCommand Show(IEnumerable<string> services) => new("systemctl", ["show", "--property=Id,MainPID,KillMode", "--", .. services]);

    /// <summary>Reads what <see cref="Show"/> prints.</summary>
    public static IReadOnlyList<ServiceProcesses> ParseAll(string output) =>
    [
        .. output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(UnitProperties.Parse).Select(values => new ServiceProcesses(
            values.GetValueOrDefault("Id") ?? "",
            int.TryParse(values.GetValueOrDefault("MainPID"), CultureInfo.InvariantCulture, out var pid) ? pid : 0,
            values.GetValueOrDefault("KillMode") ?? "")),
    ];

    /// <summary>Whether a process of the service ends when that is restarted.</summary>
    public bool EndsWithIt(int pid) => pid == MainPid || KillMode is not ("process" or "none");
}
