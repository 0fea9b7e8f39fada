using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Says why dnf would not install an update.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="dnf">Its generation of dnf.</param>
/// <param name="native">Its architecture.</param>
/// <param name="offers">What repositories offer.</param>
/// <param name="broken">Why dnf refuses to do anything; null when it does not.</param>
/// <param name="ways">Told what would have to go for an update.</param>
internal sealed class DnfObstacles(HostCommands commands, DnfCommands dnf, string native, DnfOffers offers, string? broken, RemovalWays ways)
    : Obstacles(RpmNames.Refusal, "dnf upgrade keeps it back")
{
    protected override async Task<string> ExplainAsync(PendingUpdate update, Deadline deadline)
    {
        if (offers.Nevra(update.Name, update.Candidate) is not { } nevra)
            return "excluded by the host's configuration of dnf (excludepkgs or includepkgs)";
        if (broken is not null)
            return $"dnf does nothing on this host: {broken}";
        return await SimulateAsync(() => SimulateAsync(update, nevra, deadline));
    }

    private async Task<string> SimulateAsync(PendingUpdate update, string nevra, Deadline deadline)
    {
        var result = await commands.RunAsync(dnf.SimulateInstall(new DnfRequest([nevra], [])), deadline.Token);
        return dnf.IsResolved(result) && dnf.ReadTransaction(result.Output, native).Installs.Count > 0 ? Kept
            : DnfMessages.Problems(result.Errors) is { Length: > 0 } problems ? $"cannot be met: {problems}{await FindWayAsync(update, nevra, deadline)}"
            : "excluded by a version lock, or by the priority of its repository";
    }

    private async Task<string> FindWayAsync(PendingUpdate update, string nevra, Deadline deadline)
    {
        if (!ways.AreSought)
            return "";
        var result = await commands.RunAsync(dnf.SimulateInstall(new DnfRequest([nevra], [], Removes: true)), deadline.Token);
        if (!dnf.IsResolved(result))
            return "";
        var transaction = dnf.ReadTransaction(result.Output, native);
        return await ways.AddAsync(
            update,
            [.. transaction.Removals.Select(item => item.Name).Except(transaction.Installs.Select(item => item.Name))],
            [.. transaction.Installs.Select(item => (item.Name, item.Version))]);
    }
}
