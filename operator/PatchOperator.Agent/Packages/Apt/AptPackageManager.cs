using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>apt and dpkg: Debian and its family.</summary>
internal sealed class AptPackageManager(HostCommands commands, AptLocks locks, IMutations mutations, Progress progress) : IPackageManager
{
    private readonly AptArchives archives = new(commands.Root, progress);
    private string? architecture;
    private CheckedRequest? request;
    private DateTimeOffset? refreshedAt;

    public static AptPackageManager On(HostCommands commands, IMutations mutations, Progress progress) =>
        new(commands, new AptLocks(commands.Root, progress), mutations, progress);

    public string Name => "apt";

    public IComparer<string> Versions => DebianVersions.Order;

    private CheckedRequest Checked => request ?? throw new InvalidOperationException("only a plan that was checked is carried out");

    public async Task<string> ArchitectureAsync(Deadline deadline) =>
        architecture ??= (await commands.ReadAsync(AptCommands.Architecture, deadline.Token)).Trim();

    public Task WaitUntilIdleAsync(Deadline deadline) => locks.WaitForDatabaseAsync(deadline);

    public async Task RefreshAsync(Deadline deadline)
    {
        var result = await LockWait.RetryAsync(
            () => locks.WaitForListsAsync(deadline),
            () => RunAsync("refreshing the package lists", AptCommands.Update, deadline),
            result => !IsRefreshed(result) && AptMessages.IsLockConflict(result.Errors),
            deadline);
        if (!IsRefreshed(result))
            throw ExplainRefresh(result, deadline.Now);
        refreshedAt = deadline.Now;
    }

    public async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(Deadline deadline)
    {
        var native = await ArchitectureAsync(deadline);
        var automatic = AptExtendedStates.Automatic(ReadFile(AptExtendedStates.HostPath), native);
        return DpkgStatus.Parse(await commands.ReadAsync(AptCommands.Installed, deadline.Token), native, automatic);
    }

    public Task<ListFacts> ListsAsync(Deadline deadline) => new AptLists(commands).FindAsync(refreshedAt, deadline);

    public async Task<PendingUpdates> PendingAsync(IReadOnlyList<InstalledPackage> installed, UpdateRules rules, Deadline deadline) =>
        new(await new AptPending(commands, rules).FindAsync(installed, deadline), Advisories: []);

    public Task<IReadOnlyList<RebootFinding>> RebootsAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        Task.FromResult<IReadOnlyList<RebootFinding>>(
        [
            RebootFinding.Ask(() => RebootFinding.Of(RebootRequiredFile.Because(commands.Root))),
            RebootFinding.Ask(() => KernelCheck.Examine(RunningKernel.Release, RunningKernel.Build, installed, Versions)),
        ]);

    /// <summary>apt spares the kernel that runs, the newest, and the one before where the newest runs: apt.conf(5), APT::NeverAutoRemove.</summary>
    public async Task<MutationEnd?> RemoveOldKernelsAsync(string mutation, Deadline deadline)
    {
        var unneeded = AptSimulation.Parse(await commands.ReadAsync(AptCommands.SimulateAutoremove, deadline.Token)).Removals;
        var kernels = unneeded.Select(KernelImage.Parse).OfType<KernelImage>().Select(kernel => kernel.Release).ToList();
        var names = unneeded.Where(name => kernels.Any(release => KernelImage.IsOf(release, name)) && !KernelImage.IsOf(RunningKernel.Release, name)).ToList();
        if (names.Count == 0)
            return null;
        var others = AptSimulation.Parse(await commands.ReadAsync(AptCommands.SimulatePurge(names), deadline.Token)).Removals.Except(names).ToList();
        if (others.Count == 0)
            return await MutateAsync(mutation, remaining => AptCommands.Purge(names, remaining), deadline);
        progress.Say($"old kernels stay, as with them would go {string.Join(", ", others)}");
        return null;
    }

    public string? Refusal(string name, string version) => DebianNames.Refusal(name, version);

    /// <summary>dpkg keeps a journal of what it has not yet written to its status file, in files named by numbers.</summary>
    public bool IsInterrupted(IReadOnlyList<InstalledPackage> installed)
    {
        const string journal = "/var/lib/dpkg/updates";
        return installed.Any(package => !package.Complete)
            || (commands.Root.DirectoryExists(journal) && Directory.EnumerateFiles(commands.Root.Locate(journal)).Any(file =>
                Path.GetFileName(file).All(char.IsAsciiDigit)));
    }

    public async Task<MutationEnd> RepairAsync(string mutation, IReadOnlyList<ApprovedUpdate> approved, Deadline deadline)
    {
        var disks = new AptDiskCheck(commands.Root);
        ThrowIfNoRoomToRepair(disks.Configuring(await InstalledAsync(deadline)), "nothing was touched");
        var end = await MutateAsync(mutation, _ => AptCommands.ConfigurePending, deadline);
        var installed = await InstalledAsync(deadline);
        if (!IsInterrupted(installed))
            return end;
        var unpackedBadly = installed.Where(package => package.MustBeInstalledAgain).ToList();
        var result = await commands.RunAsync(AptCommands.SimulateFix(unpackedBadly), deadline.Token);
        var fix = AptSimulation.Parse(result.Output);
        if (!result.Succeeded || fix.Installs.Count == 0)
            return end with { Log = $"{end.Log}\n{string.Join('\n', AptMessages.Errors(result.Errors))}" };
        var going = installed.Where(package => fix.Removals.Contains(package.Name)).ToList();
        var removable = PatchPlan.RemovalsOf(approved).Except(await AptProtected.AmongAsync(commands, going, deadline));
        var unapproved = fix.Removals.Except(removable).Select(name => $"remove {name}")
            .Concat(
                fix.Installs.Where(install => install.From != install.To && !approved.Contains(new ApprovedUpdate(install.Name, install.To)))
                    .Select(install => $"install {install.Name} {install.To}"))
            .ToList();
        if (unapproved.Count > 0)
            return end with { Log = $"{end.Log}\napt-get --fix-broken install would {string.Join(", ", unapproved)}, which nobody has approved" };
        var records = await AptRecord.ReadAsync(commands, fix.Installs, deadline);
        var policies = AptPolicy.ParseAll(await commands.ReadAsync(AptCommands.Policy(fix.Installs.Select(install => install.Name)), deadline.Token));
        ThrowIfNoRoomToRepair(disks.Installing(fix.Installs, records, policies, installed), "nothing was installed");
        return await MutateAsync(mutation, remaining => AptCommands.Fix(unpackedBadly, fix.Removals.Count > 0, remaining), deadline);
    }

    public async Task<FrozenUpdates> FreezeAsync(IReadOnlyList<ApprovedUpdate> approved, FreezeMode freeze, Deadline deadline)
    {
        if (freeze == FreezeMode.Strict || approved.Count == 0)
            return new FrozenUpdates(approved, approved, []);
        var named = approved.Where(update => Refusal(update.Name, update.Version) is null).Select(update => update.Name);
        var policies = AptPolicy.ParseAll(await commands.ReadAsync(AptCommands.Policy(named), deadline.Token));
        return FrozenUpdates.Of(approved, freeze, update => policies.GetValueOrDefault(update.Name)?.OfferFor(update.Version) ?? default, Versions);
    }

    /// <summary>A package of another name is none of an upgrade's for apt: what is renamed stays, depending on the new one.</summary>
    public Task<IReadOnlyList<ApprovedUpdate>> SuccessorsAsync(IReadOnlyList<ApprovedUpdate> updates, Deadline deadline) =>
        Task.FromResult<IReadOnlyList<ApprovedUpdate>>([]);

    public async Task CheckAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        request = await new AptCheck(commands).RunAsync(plan, installed, deadline);

    public Task StageAsync(PatchPlan plan, long? bytesPerSecond, Deadline deadline) =>
        archives.StageAsync(Checked.Records, () => DownloadAsync(bytesPerSecond, deadline));

    public async Task<MutationEnd> InstallAsync(string mutation, PatchPlan plan, Deadline deadline)
    {
        await archives.CheckAsync(Checked.Records, deadline);
        // Where packages go, apt does not wait for a lock by itself: whoever has it may change what would go.
        var end = await MutateAsync(
            mutation,
            remaining => AptCommands.Install(Checked.Updates, Checked.Removals.Count > 0, Checked.Removals.Count > 0 ? TimeSpan.Zero : remaining),
            deadline,
            plan);
        if (!end.Failed)
            archives.DropStaged();
        return end;
    }

    public Task<MutationEnd> AddAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, remaining => AptCommands.Add(names, remaining), deadline);

    public Task<MutationEnd> RemoveAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, remaining => AptCommands.Purge(names, remaining), deadline);

    public Task<MutationEnd> HoldAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, _ => AptCommands.Hold(names), deadline);

    public async Task<Keeping> KeepAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, string folder, Deadline deadline)
    {
        var coming = plan.Upgrades.Concat(plan.NewPackages).ToDictionary(update => update.Name, update => update.Version);
        var replaced = installed.Where(package => coming.TryGetValue(package.Name, out var version)
            ? version != package.Version : Checked.Removals.Contains(package.Name)).ToList();
        var kept = await new AptRestore(commands, progress).KeepAsync(replaced, await ArchitectureAsync(deadline), folder, deadline);
        return new Keeping([.. coming.Keys, .. Checked.Removals], kept);
    }

    public Task<IReadOnlyList<InstalledPackage>> OfRunningKernelAsync(IReadOnlyList<InstalledPackage> packages, Deadline deadline) =>
        Task.FromResult<IReadOnlyList<InstalledPackage>>([.. packages.Where(package => KernelImage.IsOf(RunningKernel.Release, package.Name))]);

    public async Task<MutationEnd> RestoreAsync(string mutation, Restoration restoration, string folder, Deadline deadline)
    {
        var request = await new AptRestore(commands, progress).PlanAsync(restoration, folder, deadline);
        return await MutateAsync(mutation, remaining => AptCommands.Restore(request, remaining), deadline);
    }

    public bool HasFailed(MutationEnd end) => end.Failed;

    public StepOutcome Explain(MutationEnd end, bool untouched)
    {
        var result = untouched ? AgentResult.PreconditionFailed : AgentResult.PackageManagerFailed;
        var remark = untouched ? "; nothing has changed" : "";
        var errors = string.Join("; ", AptMessages.Errors(end.Log));
        if (AptMessages.IsDiskFull(end.Log))
            return new StepOutcome(result, AgentReasons.DiskFull, $"apt ran out of disk space ({AptDiskNeeds.Free(commands.Root)}): {errors}{remark}");
        if (untouched && AptMessages.IsFetchFailure(end.Log))
            return new StepOutcome(result, AgentReasons.RepositoryUnavailable, $"apt could not download all packages: {errors}{remark}");
        return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed, $"the package manager {end.How}{remark}{Quote(end.Log)}");
    }

    public async Task RestoreMarksAsync(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, Deadline deadline)
    {
        var names = PackageList.NoLongerAutomatic(before, after);
        if (names.Count > 0)
            await commands.ReadAsync(AptCommands.MarkAutomatic(names), deadline.Token);
    }

    private Task<MutationEnd> MutateAsync(
        string mutation, Func<TimeSpan, HostCommand> command, Deadline deadline, PatchPlan? plan = null) => LockWait.RetryAsync(
        () => LockWait.AndCheckAsync(locks.WaitForDatabaseAsync(deadline), this, plan, deadline),
        () => mutations.RunAsync(mutation, command(deadline.Remaining), deadline),
        end => end.Failed && AptMessages.IsLockConflict(end.Log),
        deadline);

    private async Task DownloadAsync(long? bytesPerSecond, Deadline deadline)
    {
        var result = await LockWait.RetryAsync(
            () => locks.WaitForDatabaseAsync(deadline),
            () => RunAsync("downloading the updates", AptCommands.Download(Checked.Updates, bytesPerSecond), deadline),
            result => !result.Succeeded && AptMessages.IsLockConflict(result.Errors),
            deadline);
        if (!result.Succeeded)
            throw this.ExplainDownload(result);
    }

    private Task<CommandResult> RunAsync(string what, HostCommand command, Deadline deadline)
    {
        progress.Say(what);
        return commands.RunAsync(command, deadline.Token);
    }

    private static bool IsRefreshed(CommandResult result) => result.Succeeded && !AptMessages.IsIncomplete(result.Errors);

    private static void ThrowIfNoRoomToRepair(IReadOnlyList<string> shortages, string remark)
    {
        if (shortages.Count > 0)
            throw StepFailureException.Precondition(
                AgentReasons.DiskFull,
                $"an earlier run of the package manager was interrupted, and there is no room to finish it: {string.Join("; ", shortages)}; {remark}");
    }

    private static string Quote(string log) => AptMessages.Tail(log) is { Length: > 0 } tail ? $": {tail}" : "; it has said nothing";

    private StepFailureException ExplainRefresh(CommandResult result, DateTimeOffset now)
    {
        var errors = AptMessages.Errors(result.Errors);
        var message = string.Join("; ", errors.Count > 0 ? errors : [result.Complaint]);
        return AptMessages.IsDiskFull(result.Errors)
            ? StepFailureException.Precondition(AgentReasons.DiskFull, $"no space for the package lists ({AptDiskNeeds.Free(commands.Root)}): {message}")
            : HostClock.Failure(result.Errors, now, $"the package lists could not be refreshed: {message}");
    }

    private string ReadFile(string hostPath) => commands.Root.FileExists(hostPath) ? File.ReadAllText(commands.Root.Locate(hostPath)) : "";
}
