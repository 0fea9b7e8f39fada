using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Everything that must hold before a plan may touch the host.</summary>
internal sealed class AptCheck(HostCommands commands)
{
    /// <exception cref="StepFailureException">VersionUnavailable, UnapprovedChange, DiskFull or PackageManagerFailed; nothing was touched.</exception>
    public async Task<CheckedRequest> RunAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var names = plan.Upgrades.Concat(plan.NewPackages).Select(update => update.Name);
        var policies = AptPolicy.ParseAll(await commands.ReadAsync(AptCommands.Policy(names), deadline.Token));
        ThrowIfUnavailable(plan.Upgrades.Where(update => !IsAvailable(update, policies)), policies);
        IReadOnlyList<ApprovedUpdate> request = [.. plan.Upgrades, .. plan.NewPackages.Where(update => IsAvailable(update, policies))];
        var simulation = await ListAsync(request, deadline) ?? await SimulateAsync(request, deadline);
        ThrowIfUnavailable(NewButGone(plan, simulation, policies), policies);
        var going = installed.Where(package => simulation.Removals.Contains(package.Name)).ToList();
        ThrowIfUnapproved(request, simulation, plan.Removals.Except(await AptProtected.AmongAsync(commands, going, deadline)));
        var records = await AptRecord.ReadAsync(commands, simulation.Installs, deadline);
        ThrowIfDiskFull(new AptDiskCheck(commands.Root).Installing(simulation.Installs, records, policies, installed));
        return new CheckedRequest(request, records, simulation.Removals);
    }

    private static bool IsAvailable(ApprovedUpdate update, IReadOnlyDictionary<string, AptPolicy> policies) =>
        policies.TryGetValue(update.Name, out var policy) && (policy.IsOffered(update.Version) || policy.Installed == update.Version);

    private static IEnumerable<ApprovedUpdate> NewButGone(PatchPlan plan, AptSimulation simulation, IReadOnlyDictionary<string, AptPolicy> policies) =>
        plan.NewPackages.Where(update => !IsAvailable(update, policies) && simulation.Installs.Any(install => install.Name == update.Name));

    private static void ThrowIfUnavailable(IEnumerable<ApprovedUpdate> updates, IReadOnlyDictionary<string, AptPolicy> policies)
    {
        var gone = updates.Select(update => (Update: update, Policy: policies.GetValueOrDefault(update.Name))).ToList();
        if (gone.Count == 0)
            return;
        var names = gone.Select(entry => $"{entry.Update.Name}={entry.Update.Version} (offered: {entry.Policy?.OfferedVersions ?? "none"})");
        throw UnavailableVersions.Failure("archive", names, gone.All(entry => entry.Policy?.OffersNewer(entry.Update.Version) == true));
    }

    /// <summary>Null where apt would not do it without further ado: why, a simulation tells.</summary>
    private async Task<AptSimulation?> ListAsync(IReadOnlyList<ApprovedUpdate> request, Deadline deadline)
    {
        var result = await commands.RunAsync(AptCommands.ListInstall(request), deadline.Token);
        return result.Succeeded ? AptListing.Parse(result.Output) : null;
    }

    private async Task<AptSimulation> SimulateAsync(IReadOnlyList<ApprovedUpdate> request, Deadline deadline)
    {
        var result = await commands.RunAsync(AptCommands.SimulateInstall(request), deadline.Token);
        return result.Succeeded
            ? AptSimulation.Parse(result.Output)
            : throw new StepFailureException(
                AgentResult.PackageManagerFailed,
                AgentReasons.PackageManagerFailed,
                $"apt finds no way to install the approved updates, nothing was touched: {AptMessages.Tail(result.Output + "\n" + result.Errors)}");
    }

    private static void ThrowIfUnapproved(IReadOnlyList<ApprovedUpdate> request, AptSimulation simulation, IEnumerable<string> removable)
    {
        var approved = request.ToDictionary(update => update.Name, update => update.Version);
        var unapproved = simulation.Removals.Except(removable).Select(name => $"remove {name}")
            .Concat(simulation.Installs.Where(install => approved.GetValueOrDefault(install.Name) != install.To).Select(Describe))
            .ToList();
        if (unapproved.Count > 0)
            throw StepFailureException.Precondition(
                AgentReasons.UnapprovedChange, $"to install the approved updates apt would also {string.Join(", ", unapproved)}; nothing was touched");
    }

    private static string Describe(AptSimulation.Install install) =>
        install.From.Length == 0 ? $"install {install.Name} {install.To}" : $"upgrade {install.Name} from {install.From} to {install.To}";

    private static void ThrowIfDiskFull(IReadOnlyList<string> shortages)
    {
        if (shortages.Count > 0)
            throw StepFailureException.Precondition(AgentReasons.DiskFull, $"{string.Join("; ", shortages)}; nothing was touched");
    }
}
