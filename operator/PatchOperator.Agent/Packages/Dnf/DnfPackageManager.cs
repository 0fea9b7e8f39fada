using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>dnf and rpm: Red Hat Enterprise Linux, Fedora, Amazon Linux and their family.</summary>
internal sealed class DnfPackageManager(HostCommands commands, DnfCommands dnf, IMutations mutations, Progress progress) : IPackageManager
{
    private readonly RpmDatabase database = new(commands, deadline => SideBySideAsync(commands, dnf, deadline));
    private readonly DnfLocks locks = new(commands, progress);
    private DnfPlan? planned;
    private DateTimeOffset? refreshedAt;

    private StagedRpms Staged => new(commands.Root, database, dnf.Cache);

    private IEnumerable<(string Name, string Version)> Coming => Planned.Transaction.Installs.Select(item => (item.Name, item.Version));

    private DnfPlan Planned => planned ?? throw new InvalidOperationException("a plan is to be carried out that was not checked");

    public string Name => "dnf";

    public IComparer<string> Versions => RpmVersions.Order;

    public Task<string> ArchitectureAsync(Deadline deadline) => database.ArchitectureAsync(deadline);

    public Task WaitUntilIdleAsync(Deadline deadline) => locks.WaitForDatabaseAsync(deadline);

    public async Task RefreshAsync(Deadline deadline)
    {
        await locks.WaitForListsAsync(deadline);
        progress.Say("refreshing the metadata of the repositories");
        var result = await commands.RunAsync(dnf.Refresh, deadline.Token);
        if (!result.Succeeded)
            throw ExplainRefresh(result, deadline.Now);
        refreshedAt = deadline.Now;
    }

    public async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(Deadline deadline)
    {
        var native = await ArchitectureAsync(deadline);
        var locked = dnf.ReadLocks(await LocksAsync(deadline));
        var reasons = DnfReason.ParseAll(await commands.ReadAsync(dnf.Reasons, deadline.Token)).ToLookup(
            reason => RpmDatabase.QualifiedName(reason.Package, reason.Architecture, native));
        return await database.InstalledAsync(
            reasons.Where(group => group.Any(reason => locked.Hold(reason.Package))).Select(group => group.Key).ToHashSet(),
            reasons.Where(group => group.All(reason => reason.Automatic)).Select(group => group.Key).ToHashSet(),
            deadline);
    }

    public async Task<ListFacts> ListsAsync(Deadline deadline)
    {
        var result = await commands.RunAsync(dnf.Repositories, deadline.Token);
        var (known, unread) = dnf.ReadRepositories(result);
        if (known.Count + unread.Count == 0)
            return new ListFacts(false, null, "no repository of packages is enabled on the host: the files in /etc/yum.repos.d name none");
        return new ListFacts(
            unread.Count == 0,
            known.Count == 0 ? null : refreshedAt ?? known.Min(repository => repository.RefreshedAt),
            unread.Count == 0 ? null : $"the host has no metadata of {string.Join(", ", unread)}: dnf makecache has not fetched it");
    }

    public async Task<PendingUpdates> PendingAsync(IReadOnlyList<InstalledPackage> installed, UpdateRules rules, Deadline deadline)
    {
        var pending = await new DnfPending(commands, dnf, await ArchitectureAsync(deadline), rules).FindAsync(installed, deadline);
        return rules.AllowNewPackages
            ? pending
            : pending with { Updates = await NewPackages.BlockAsync(pending.Updates, update => InstallsAsync(update, deadline)) };
    }

    public async Task<IReadOnlyList<RebootFinding>> RebootsAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        [await RpmKernels.FindAsync(commands, deadline), RebootHint.Read(await commands.RunAsync(dnf.NeedsReboot, deadline.Token))];

    /// <summary>dnf removes the oldest with each new one, by the host's <c>installonly_limit</c>.</summary>
    public Task<MutationEnd?> RemoveOldKernelsAsync(string mutation, Deadline deadline) => Task.FromResult<MutationEnd?>(null);

    public string? Refusal(string name, string version) => RpmNames.Refusal(name, version);

    /// <summary>rpm removes what is replaced at the end: what is there twice, and may not be, tells of a transaction that has not come so far.</summary>
    public bool IsInterrupted(IReadOnlyList<InstalledPackage> installed) => installed.Any(package => !package.Complete);

    public async Task<MutationEnd> RepairAsync(string mutation, IReadOnlyList<ApprovedUpdate> approved, Deadline deadline)
    {
        var installed = await InstalledAsync(deadline);
        var twice = installed.Where(package => !package.Complete).Select(package => package.Name).ToHashSet();
        var newest = PackageList.Newest(installed.Where(package => twice.Contains(package.Name)), Versions);
        var nevras = DnfOffer.ParseAll(await commands.ReadAsync(dnf.Installed, deadline.Token), await ArchitectureAsync(deadline))
            .Where(package => newest.GetValueOrDefault(package.Name)?.Version == package.Version).Select(package => package.Nevra).ToList();
        var removable = PatchPlan.RemovalsOf(approved);
        var result = await commands.RunAsync(dnf.SimulateRepair(nevras, removable.Count > 0), deadline.Token);
        if (!dnf.IsResolved(result))
            return new MutationEnd(result.ExitCode, result.Errors);
        var repair = dnf.ReadTransaction(result.Output, await ArchitectureAsync(deadline));
        var going = installed.Where(package => repair.Removals.Any(item => IsSame(item, package))).ToList();
        removable.ExceptWith(await RpmProtected.AmongAsync(commands, going, deadline));
        var unapproved = repair.Removals.Where(item => !removable.Contains(item.Name)).Concat(repair.Replaced)
            .Where(item => !installed.Any(package => IsSame(item, package) && !package.Complete))
            .Select(item => $"remove {item.Name} {item.Version}")
            .Concat(repair.Installs.Where(item => !installed.Any(package => IsSame(item, package))).Select(item => $"install {item.Name} {item.Version}"))
            .ToList();
        return unapproved.Count > 0
            ? new MutationEnd(result.ExitCode, $"to repair what is there twice dnf would {string.Join(", ", unapproved)}, which nobody has approved")
            : await MutateAsync(mutation, dnf.Repair(nevras, removable.Count > 0, mutation), deadline);
    }

    public async Task<FrozenUpdates> FreezeAsync(IReadOnlyList<ApprovedUpdate> approved, FreezeMode freeze, Deadline deadline)
    {
        var named = approved.Where(update => Refusal(update.Name, update.Version) is null).Select(update => update.Name).ToList();
        if (freeze == FreezeMode.Strict || named.Count == 0)
            return new FrozenUpdates(approved, approved, []);
        var offers = DnfOffer.ParseAll(await commands.ReadAsync(dnf.Available(named), deadline.Token), await ArchitectureAsync(deadline))
            .ToLookup(offer => offer.Name, offer => offer.Version);
        return FrozenUpdates.Of(
            approved, freeze, update => new PackageOffer(offers[update.Name].Contains(update.Version), offers[update.Name].Max(Versions)), Versions);
    }

    public async Task<IReadOnlyList<ApprovedUpdate>> SuccessorsAsync(IReadOnlyList<ApprovedUpdate> updates, Deadline deadline)
    {
        var native = await ArchitectureAsync(deadline);
        var offers = DnfOffer.ParseAll(await commands.ReadAsync(dnf.Available(updates.Select(update => update.Name)), deadline.Token), native);
        var nevras = offers.Where(offer => updates.Contains(new ApprovedUpdate(offer.Name, offer.Version))).Select(offer => offer.Nevra).Distinct().ToList();
        if (nevras.Count == 0)
            return [];
        var result = await commands.RunAsync(dnf.SimulateSuccession(nevras), deadline.Token);
        var installs = dnf.ReadTransaction(result.Output, native).Installs.Select(item => new ApprovedUpdate(item.Name, item.Version)).ToHashSet();
        return [.. updates.Where(installs.Contains)];
    }

    public async Task CheckAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        planned = await new DnfCheck(commands, dnf, await ArchitectureAsync(deadline)).RunAsync(plan, installed, deadline);

    public Task StageAsync(PatchPlan plan, long? bytesPerSecond, Deadline deadline) =>
        Staged.StageAsync(Coming, () => DownloadAsync(bytesPerSecond, deadline), deadline);

    public Task<MutationEnd> InstallAsync(string mutation, PatchPlan plan, Deadline deadline) => Staged.InstallAsync(
        Coming, () => MutateAsync(mutation, dnf.Install(Planned.Request, mutation), deadline, plan), end => !end.Failed, deadline);

    public Task<MutationEnd> AddAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, dnf.Add(names), deadline);

    public Task<MutationEnd> RemoveAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, dnf.Remove(names), deadline);

    public Task<MutationEnd> HoldAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, dnf.Hold(names), deadline);

    public Task<IReadOnlyList<InstalledPackage>> OfRunningKernelAsync(IReadOnlyList<InstalledPackage> packages, Deadline deadline) =>
        RpmKernels.OfRunningAsync(commands, packages, deadline);

    public Task<Keeping> KeepAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, string folder, Deadline deadline) =>
        Restore().KeepAsync(Planned.Transaction, folder, deadline);

    public async Task<MutationEnd> RestoreAsync(string mutation, Restoration restoration, string folder, Deadline deadline)
    {
        var way = await Restore().PlanAsync(restoration, folder, deadline);
        return await MutateAsync(mutation, dnf.Restore(way, mutation), deadline);
    }

    /// <summary>rpm goes on after a script that fails, and may call it success.</summary>
    public bool HasFailed(MutationEnd end) => end.Failed || RpmScripts.Failed(end.Log).Count > 0;

    public StepOutcome Explain(MutationEnd end, bool untouched)
    {
        var result = untouched ? AgentResult.PreconditionFailed : AgentResult.PackageManagerFailed;
        var remark = untouched ? "; nothing has changed" : "";
        var errors = DnfMessages.Errors(end.Log);
        if (DnfMessages.IsDiskFull(end.Log))
            return new StepOutcome(result, AgentReasons.DiskFull, $"dnf ran out of disk space ({DnfDiskNeeds.Free(commands.Root)}): {errors}{remark}");
        if (untouched && DnfMessages.IsFetchFailure(end.Log))
            return new StepOutcome(result, AgentReasons.RepositoryUnavailable, $"dnf could not download all packages: {errors}{remark}");
        if (RpmScripts.Failed(end.Log) is { Count: > 0 } scripts)
            return Failure($"a script of a package has failed: {string.Join(", ", scripts)}{remark}", end.Log);
        return Failure($"the package manager {end.How}{remark}", end.Log);
    }

    public async Task RestoreMarksAsync(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, Deadline deadline)
    {
        var names = PackageList.NoLongerAutomatic(before, after);
        if (names.Count > 0)
            await commands.ReadAsync(dnf.MarkAutomatic(names), deadline.Token);
    }

    /// <summary>As dnf takes the host's configuration.</summary>
    private static async Task<IReadOnlyList<string>> SideBySideAsync(HostCommands commands, DnfCommands dnf, Deadline deadline) =>
        [.. (await commands.ReadAsync(dnf.SideBySide, deadline.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    private async Task<IEnumerable<string>> InstallsAsync(PendingUpdate update, Deadline deadline)
    {
        var native = await ArchitectureAsync(deadline);
        var nevras = DnfOffer.ParseAll(await commands.ReadAsync(dnf.Available([update.Name]), deadline.Token), native)
            .Where(offer => offer.Name == update.Name && offer.Version == update.Candidate).Select(offer => offer.Nevra).Distinct();
        var result = await commands.RunAsync(dnf.SimulateInstall(new DnfRequest([.. nevras], [])), deadline.Token);
        return dnf.ReadTransaction(result.Output, native).Installs.Select(item => item.Name);
    }

    private static bool IsSame(DnfTransaction.Item item, InstalledPackage package) => item.Name == package.Name && item.Version == package.Version;

    private static StepOutcome Failure(string what, string log) => new(
        AgentResult.PackageManagerFailed,
        AgentReasons.PackageManagerFailed,
        DnfMessages.Tail(log) is { Length: > 0 } tail ? $"{what}: {tail}" : $"{what}; it has said nothing");

    /// <summary>Where the plugin is not there, nothing is locked.</summary>
    private async Task<string> LocksAsync(Deadline deadline)
    {
        var result = await commands.RunAsync(dnf.Locks, deadline.Token);
        return result.Succeeded ? result.Output
            : DnfMessages.IsUnknownCommand(result.Errors) ? ""
            : throw new HostCommandException(dnf.Locks, result);
    }

    private Task<MutationEnd> MutateAsync(string mutation, HostCommand command, Deadline deadline, PatchPlan? plan = null) => LockWait.RetryAsync(
        () => LockWait.AndCheckAsync(locks.WaitForDatabaseAsync(deadline), this, plan, deadline),
        () => mutations.RunAsync(mutation, command, deadline),
        end => end.Failed && DnfMessages.IsLockConflict(end.Log),
        deadline);

    private async Task DownloadAsync(long? bytesPerSecond, Deadline deadline)
    {
        progress.Say("downloading the updates");
        var result = await LockWait.RetryAsync(
            () => locks.WaitForDatabaseAsync(deadline),
            () => commands.RunAsync(dnf.Stage(Planned.Request, bytesPerSecond), deadline.Token),
            result => !result.Succeeded && DnfMessages.IsLockConflict(result.Errors),
            deadline);
        if (!result.Succeeded)
            throw this.ExplainDownload(result);
    }

    private DnfRestore Restore() => new(commands, dnf, database, progress, this.ExplainDownload);

    private StepFailureException ExplainRefresh(CommandResult result, DateTimeOffset now)
    {
        var message = DnfMessages.Errors(result.Errors) is { Length: > 0 } errors ? errors : result.Complaint;
        return DnfMessages.IsDiskFull(result.Errors)
            ? StepFailureException.Precondition(
                AgentReasons.DiskFull, $"no space for the metadata of the repositories ({DnfDiskNeeds.Free(commands.Root)}): {message}")
            : HostClock.Failure(result.Errors, now, $"the metadata of the repositories could not be refreshed: {message}");
    }
}
