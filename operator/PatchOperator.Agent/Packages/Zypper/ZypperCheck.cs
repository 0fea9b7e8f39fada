using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>Proves, before anything is touched, that zypper will do exactly what a plan says.</summary>
internal sealed class ZypperCheck(HostCommands commands, ZypperQueries queries, bool hasSnapshots)
{
    /// <returns>What to ask zypper for - the upgrades, and the new packages of the plan that these need - and what it will do then.</returns>
    /// <exception cref="StepFailureException">VersionUnavailable, UnapprovedChange, DiskFull, or PackageManagerFailed where zypper finds no way.</exception>
    public async Task<(IReadOnlyList<ApprovedUpdate> Request, ZypperSummary Summary)> RunAsync(
        PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var offers = await queries.OffersAsync(plan.Upgrades.Concat(plan.NewPackages).Select(update => update.Name), deadline);
        ThrowIfUnavailable(plan.Upgrades, offers);
        var request = plan.Upgrades;
        while (true)
        {
            var summary = await SimulateAsync(request, plan.Removals.Count > 0, deadline);
            var needed = plan.NewPackages.Where(update => summary.Installs.Any(install => install.Name == update.Name)).Except(request).ToList();
            ThrowIfUnavailable(needed, offers);
            // What is named comes at its approved version, which may need something else again.
            request = [.. request, .. needed];
            if (needed.Count > 0)
                continue;
            var going = installed.Where(package => summary.Removals.Contains(package.Name)).ToList();
            var removable = plan.Removals.Except(await RpmProtected.AmongAsync(commands, going, deadline));
            await ThrowIfUnapprovedAsync(request, [.. removable], summary, deadline);
            await ThrowIfDiskFullAsync(summary, installed, deadline);
            return (request, summary);
        }
    }

    private static void ThrowIfUnavailable(IEnumerable<ApprovedUpdate> updates, ZypperOffers offers)
    {
        var gone = updates.Where(update => !offers.Has(update.Name, update.Version)).ToList();
        if (gone.Count == 0)
            return;
        var names = gone.Select(update => $"{update.Name}={update.Version} (offered: {offers.Versions(update.Name)})");
        throw UnavailableVersions.Failure("repository", names, gone.All(update => offers.HasNewer(update.Name, update.Version)));
    }

    private async Task<ZypperSummary> SimulateAsync(IReadOnlyList<ApprovedUpdate> request, bool removes, Deadline deadline)
    {
        var answer = await queries.AskAsync(ZypperCommands.SimulateInstall(request, removes), deadline);
        if (answer.Problems.Count == 0)
            return await queries.SummaryAsync(answer, deadline);
        var why = string.Join("; ", answer.Problems.Select(problem => problem.Text + string.Concat(problem.Locked.Select(name => $" ({name} is on hold)"))));
        var removals = answer.Problems.SelectMany(problem => problem.Removals).Distinct().ToList();
        throw removals.Count > 0
            ? Unapproved(removals.Select(name => $"remove {name}"), why)
            : new StepFailureException(
                AgentResult.PackageManagerFailed,
                AgentReasons.PackageManagerFailed,
                $"zypper finds no way to install the approved updates, nothing was touched: {why}");
    }

    private async Task ThrowIfUnapprovedAsync(
        IReadOnlyList<ApprovedUpdate> request, HashSet<string> removable, ZypperSummary summary, Deadline deadline)
    {
        var unapproved = summary.Installs.Where(install => !request.Contains(new ApprovedUpdate(install.Name, install.To))).Select(Describe).ToList();
        foreach (var name in summary.Removals.Where(name => !removable.Contains(name)))
        {
            if (!await IsReplacedAsync(name, request, deadline))
                unapproved.Add($"remove {name}");
        }
        if (summary.OtherVendors.Count > 0)
        {
            var usual = await queries.SummaryAsync(await queries.AskAsync(ZypperCommands.SimulateUpdate, deadline), deadline);
            unapproved.AddRange(summary.OtherVendors.Except(usual.OtherVendors).Select(name => $"change the vendor of {name}"));
        }
        if (summary.Installs.Any(install => install.From.Length > 0) && await RpmKernels.RunningAsync(commands, deadline) is { } kernel
            && summary.Installs.Any(install => (install.Name, install.From) == kernel))
            unapproved.Add(
                $"remove the kernel that is running, {kernel.Name} {kernel.Version}: let zypp.conf's multiversion name provides:multiversion(kernel)");
        if (unapproved.Count > 0)
            throw Unapproved(unapproved, why: null);
    }

    /// <summary>Whether an approved package takes the place of another by its maker's will: that of a package which was renamed.</summary>
    private async Task<bool> IsReplacedAsync(string name, IReadOnlyList<ApprovedUpdate> request, Deadline deadline) =>
        (await queries.ObsoletingAsync(name, deadline)).Any(request.Contains);

    private static StepFailureException Unapproved(IEnumerable<string> changes, string? why) => StepFailureException.Precondition(
        AgentReasons.UnapprovedChange,
        $"to install the approved updates zypper would also {string.Join(", ", changes)}{(why is null ? "" : $": {why}")}; nothing was touched");

    private static string Describe(ZypperSummary.Install install) =>
        install.From.Length == 0 ? $"install {install.Name} {install.To}" : $"change {install.Name} from {install.From} to {install.To}";

    private async Task ThrowIfDiskFullAsync(ZypperSummary summary, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var shortages = await new ZypperDiskCheck(commands, hasSnapshots).ShortagesAsync(summary, installed, deadline);
        if (shortages.Count > 0)
            throw StepFailureException.Precondition(AgentReasons.DiskFull, $"{string.Join("; ", shortages)}; nothing was touched");
    }
}
