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
internal sealed class DnfObstacles(HostCommands commands, DnfCommands dnf, string native, DnfOffers offers, string? broken)
    : Obstacles(RpmNames.Refusal, "dnf upgrade keeps it back")
{
    protected override async Task<string> ExplainAsync(PendingUpdate update, Deadline deadline)
    {
        if (offers.Nevra(update.Name, update.Candidate) is not { } nevra)
            return "excluded by the host's configuration of dnf (excludepkgs or includepkgs)";
        if (broken is not null)
            return $"dnf does nothing on this host: {broken}";
        return await SimulateAsync(() => SimulateAsync(nevra, deadline));
    }

    private async Task<string> SimulateAsync(string nevra, Deadline deadline)
    {
        var result = await commands.RunAsync(dnf.SimulateInstall(new DnfRequest([nevra], [])), deadline.Token);
        return dnf.IsResolved(result) && dnf.ReadTransaction(result.Output, native).Installs.Count > 0 ? Kept
            : DnfMessages.Problems(result.Errors) is { Length: > 0 } problems ? $"cannot be met: {problems}"
            : "excluded by a version lock, or by the priority of its repository";
    }
}
