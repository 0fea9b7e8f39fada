using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Everything that must hold before a plan may touch the host.</summary>
/// <param name="commands">Of the host.</param>
/// <param name="dnf">Its generation of dnf.</param>
/// <param name="native">Its architecture.</param>
internal sealed class DnfCheck(HostCommands commands, DnfCommands dnf, string native)
{
    /// <exception cref="StepFailureException">VersionUnavailable, UnapprovedChange, DiskFull or PackageManagerFailed; nothing was touched.</exception>
    public async Task<DnfPlan> RunAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var approved = plan.Upgrades.Concat(plan.NewPackages).ToList();
        var names = approved.Select(update => update.Name).Distinct();
        var offers = DnfOffer.ParseAll(await commands.ReadAsync(dnf.Available(names), deadline.Token), native).ToLookup(offer => offer.Name);
        ThrowIfUnavailable(plan.Upgrades.Where(update => Find(update, offers) is null), offers);
        var request = Request(plan, offers);
        var transaction = await SimulateAsync(request, deadline);
        ThrowIfUnavailable(NewButGone(plan, transaction, offers), offers);
        var going = installed.Where(package => transaction.Removals.Any(item => (item.Name, item.Version) == (package.Name, package.Version))).ToList();
        ThrowIfUnapproved(approved, [.. plan.Removals.Except(await RpmProtected.AmongAsync(commands, going, deadline))], transaction, installed);
        ThrowIfLeftOut(plan, transaction);
        await ThrowIfDiskFullAsync(
            [.. transaction.Installs.Select(install => Find(new(install.Name, install.Version), offers)!)], installed, deadline);
        return new DnfPlan(request, transaction);
    }

    private static DnfOffer? Find(ApprovedUpdate update, ILookup<string, DnfOffer> offers) =>
        offers[update.Name].FirstOrDefault(offer => offer.Version == update.Version);

    private static IEnumerable<ApprovedUpdate> NewButGone(PatchPlan plan, DnfTransaction transaction, ILookup<string, DnfOffer> offers) =>
        plan.NewPackages.Where(update => Find(update, offers) is null && transaction.Installs.Any(install => install.Name == update.Name));

    private static DnfRequest Request(PatchPlan plan, ILookup<string, DnfOffer> offers)
    {
        var fresh = plan.NewPackages.Select(update => Find(update, offers)).OfType<DnfOffer>();
        return new DnfRequest(
            [.. plan.Upgrades.Select(update => Find(update, offers)!.Nevra)],
            [.. fresh.SelectMany(offer => offers[offer.Name].Where(other => other.Version != offer.Version)).Select(other => other.Nevra).Distinct()],
            plan.Removals.Count > 0);
    }

    private static void ThrowIfUnavailable(IEnumerable<ApprovedUpdate> updates, ILookup<string, DnfOffer> offers)
    {
        var gone = updates.ToList();
        if (gone.Count == 0)
            return;
        var names = gone.Select(update => $"{update.Name} {update.Version} (offered: {Offered(offers[update.Name])})");
        throw UnavailableVersions.Failure(
            "repository", names, gone.All(update => offers[update.Name].Any(offer => RpmVersions.Order.Compare(offer.Version, update.Version) > 0)));
    }

    private static string Offered(IEnumerable<DnfOffer> offers) =>
        string.Join(", ", offers.Select(offer => offer.Version).Distinct().OrderDescending(RpmVersions.Order)) is { Length: > 0 } offered ? offered : "none";

    private async Task<DnfTransaction> SimulateAsync(DnfRequest request, Deadline deadline)
    {
        var result = await commands.RunAsync(dnf.SimulateInstall(request), deadline.Token);
        return dnf.IsResolved(result)
            ? dnf.ReadTransaction(result.Output, native)
            : throw new StepFailureException(
                AgentResult.PackageManagerFailed,
                AgentReasons.PackageManagerFailed,
                $"dnf finds no way to install the approved updates, nothing was touched: "
                    + (DnfMessages.Problems(result.Errors) is { Length: > 0 } problems ? problems : DnfMessages.Tail(result.Errors)));
    }

    /// <summary>What a version lock or a priority hides, dnf passes over without a word.</summary>
    private static void ThrowIfLeftOut(PatchPlan plan, DnfTransaction transaction)
    {
        var leftOut = plan.Upgrades.Where(update => !transaction.Installs.Contains(new(update.Name, update.Version))).ToList();
        if (leftOut.Count > 0)
            throw new StepFailureException(
                AgentResult.PackageManagerFailed,
                AgentReasons.PackageManagerFailed,
                $"dnf would not install {string.Join(", ", leftOut.Select(update => $"{update.Name} {update.Version}"))}, nothing was touched: "
                    + "a version lock excludes it, or another repository has priority");
    }

    private static void ThrowIfUnapproved(
        IReadOnlyList<ApprovedUpdate> approved, HashSet<string> removable, DnfTransaction transaction, IReadOnlyList<InstalledPackage> installed)
    {
        var held = installed.Where(package => package.Held).Select(package => package.Name).ToHashSet();
        var here = PackageList.Newest(installed, RpmVersions.Order);
        var unapproved = transaction.Removals.Where(item => !removable.Contains(item.Name) && !IsOldKernel(item, transaction))
            .Concat(transaction.Replaced.Where(item => held.Contains(item.Name)))
            .Select(item => $"remove {item.Name} {item.Version}")
            .Concat(
                transaction.Installs.Where(item => !approved.Contains(new(item.Name, item.Version))).OrderBy(item => item.Name, StringComparer.Ordinal)
                    .Select(item => Describe(item, here)))
            .ToList();
        if (unapproved.Count > 0)
            throw StepFailureException.Precondition(
                AgentReasons.UnapprovedChange, $"to install the approved updates dnf would also {string.Join(", ", unapproved)}; nothing was touched");
    }

    /// <summary>Of what is installed side by side the oldest goes, where the host's installonly_limit says so; never the one that runs.</summary>
    private static bool IsOldKernel(DnfTransaction.Item item, DnfTransaction transaction) =>
        transaction.Installs.Any(install => install.Name == item.Name) && !RunningKernel.Release.StartsWith(item.Version + ".", StringComparison.Ordinal);

    private static string Describe(DnfTransaction.Item item, IReadOnlyDictionary<string, InstalledPackage> here) =>
        here.GetValueOrDefault(item.Name) is { } package
            ? $"upgrade {item.Name} from {package.Version} to {item.Version}"
            : $"install {item.Name} {item.Version}";

    private async Task ThrowIfDiskFullAsync(IReadOnlyList<DnfOffer> installs, IReadOnlyList<InstalledPackage> installed, Deadline deadline)
    {
        var repositories = dnf.ReadRepositories(await commands.RunAsync(dnf.Repositories, deadline.Token)).Known;
        var inPlace = repositories.Where(repository => repository.InPlace).Select(repository => repository.Id).ToHashSet();
        var downloads = new DnfDownloads(commands.Root, dnf.Cache).Missing([.. installs.Where(install => !inPlace.Contains(install.Repository))]);
        var names = await RpmKernels.NamesAsync(commands, deadline);
        var kernels = installs.Where(install => names.Contains(install.Name)).Select(install => install.Version).Distinct().Count();
        var download = new DiskSpace.Need(dnf.Cache, downloads.Sum(install => install.DownloadBytes));
        var here = PackageList.Newest(installed, RpmVersions.Order);
        var remakesRamdisks = await RamdiskScripts.AreInAsync(
            commands, [.. installs.Select(install => install.Name).Where(here.ContainsKey).Distinct()], deadline);
        var needs = DnfDiskNeeds.Of(commands.Root, download, installs, installed, kernels, remakesRamdisks);
        var shortages = DiskSpace.Of(commands.Root).Shortages(needs);
        if (shortages.Count > 0)
            throw StepFailureException.Precondition(AgentReasons.DiskFull, $"{string.Join("; ", shortages)}; nothing was touched");
    }
}
