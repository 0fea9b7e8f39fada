using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>zypper and rpm: SUSE Linux Enterprise Server, openSUSE Leap and their family.</summary>
internal sealed class ZypperPackageManager : IPackageManager
{
    private readonly HostCommands commands;
    private readonly IMutations mutations;
    private readonly Progress progress;
    private readonly ZypperLocks locks;
    private readonly RpmDatabase database;
    private readonly ZypperQueries queries;
    private readonly ZypperMetadata metadata;
    private readonly ZypperAutoInstalled automatic;
    private readonly StagedRpms staged;
    private (IReadOnlyList<ApprovedUpdate> Request, ZypperSummary Summary)? planned;

    public ZypperPackageManager(HostCommands commands, IMutations mutations, Progress progress)
    {
        (this.commands, this.mutations, this.progress) = (commands, mutations, progress);
        locks = new ZypperLocks(commands.Root, progress);
        database = new RpmDatabase(commands, _ => Task.FromResult(new ZypperMultiversion(commands.Root).Specs));
        queries = new ZypperQueries(commands, locks, database);
        metadata = new ZypperMetadata(commands);
        automatic = new ZypperAutoInstalled(commands.Root);
        staged = new StagedRpms(commands.Root, database, ZypperCommands.PackageCache);
        Snapshots = Snapper.Of(commands, progress);
    }

    private (IReadOnlyList<ApprovedUpdate> Request, ZypperSummary Summary) Planned =>
        planned ?? throw new InvalidOperationException("a plan is to be carried out that was not checked");

    private IEnumerable<(string Name, string Version)> Coming => Planned.Summary.Installs.Select(install => (install.Name, install.To));

    public string Name => ZypperCommands.Program;

    public Snapper? Snapshots { get; }

    public IComparer<string> Versions => RpmVersions.Order;

    public Task<string> ArchitectureAsync(Deadline deadline) => database.ArchitectureAsync(deadline);

    public Task WaitUntilIdleAsync(Deadline deadline) => locks.WaitAsync(deadline);

    public async Task RefreshAsync(Deadline deadline)
    {
        progress.Say("refreshing the repositories");
        var result = await queries.RunAsync(ZypperCommands.Refresh, deadline);
        // Without any there is nothing to refresh, and the lists say so.
        if (ZypperExitCodes.IsDone(result.ExitCode) || result.ExitCode == ZypperExitCodes.NoRepositories)
            return;
        var errors = string.Join("; ", ZypperAnswer.Parse(result)?.Errors ?? []) is { Length: > 0 } said ? said : result.Complaint;
        throw ZypperMessages.IsDiskFull(result.Output + result.Errors)
            ? StepFailureException.Precondition(AgentReasons.DiskFull, $"zypper ran out of disk space ({ZypperDiskCheck.Free(commands.Root)}): {errors}")
            : HostClock.Failure(result.Output + result.Errors, deadline.Now, $"zypper refresh failed: {errors}");
    }

    public async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(Deadline deadline) =>
        await database.InstalledAsync(await queries.LockedAsync(deadline), automatic.Names, deadline);

    public Task<ListFacts> ListsAsync(Deadline deadline) => new ZypperLists(commands, queries, metadata).FindAsync(deadline);

    public async Task<PendingUpdates> PendingAsync(IReadOnlyList<InstalledPackage> installed, UpdateRules rules, Deadline deadline)
    {
        var pending = await new ZypperPending(
            queries, metadata, await ArchitectureAsync(deadline), rules, packages => RpmProtected.AmongAsync(commands, packages, deadline))
            .FindAsync(installed, deadline);
        return rules.AllowNewPackages
            ? pending
            : pending with { Updates = await NewPackages.BlockAsync(pending.Updates, update => InstallsAsync(update, deadline)) };
    }

    public async Task<IReadOnlyList<RebootFinding>> RebootsAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        [ZypperReboot.Examine(await queries.RunAsync(ZypperCommands.NeedsRebooting, deadline)), await RpmKernels.FindAsync(commands, deadline)];

    /// <summary>By the host's <c>multiversion.kernels</c>, see zypp.conf(5); libzypp spares the one that runs whatever that says.</summary>
    public async Task<MutationEnd?> RemoveOldKernelsAsync(string mutation, Deadline deadline)
    {
        var answer = await queries.AskAsync(ZypperCommands.SimulatePurgeKernels, deadline);
        return (await queries.SummaryAsync(answer, deadline)).Removals.Count == 0
            ? null
            : await MutateAsync(mutation, ZypperCommands.PurgeKernels, deadline);
    }

    public string? Refusal(string name, string version) => RpmNames.Refusal(name, version);

    /// <summary>rpm keeps no journal: of a package that was being replaced both versions are there.</summary>
    public bool IsInterrupted(IReadOnlyList<InstalledPackage> installed) => installed.Any(package => !package.Complete);

    public async Task<MutationEnd> RepairAsync(string mutation, IReadOnlyList<ApprovedUpdate> approved, Deadline deadline)
    {
        var installed = await InstalledAsync(deadline);
        var broken = installed.Where(package => !package.Complete).Select(package => package.Name).ToHashSet();
        var again = PackageList.Newest(installed, Versions).Values.Where(package => broken.Contains(package.Name))
            .Select(package => new ApprovedUpdate(package.Name, package.Version)).ToList();
        var removable = PatchPlan.RemovalsOf(approved);
        var result = await queries.RunAsync(ZypperCommands.SimulateReinstall(again, removable.Count > 0), deadline);
        var answer = ZypperAnswer.Parse(result);
        var summary = answer is null ? ZypperSummary.Nothing : await queries.SummaryAsync(answer, deadline);
        var going = installed.Where(package => summary.Removals.Contains(package.Name)).ToList();
        removable.ExceptWith(await RpmProtected.AmongAsync(commands, going, deadline));
        var others = summary.Installs.Select(install => install.Name).Concat(summary.Removals.Except(removable)).Except(broken).ToList();
        if (summary.Installs.Count == 0 || others.Count > 0)
            return new MutationEnd(
                result.ExitCode, string.Join('\n', (answer is null ? [result.Complaint] : answer.Complaints).Append(Advice(others, installed))));
        var shortages = await new ZypperDiskCheck(commands, Snapshots is not null).ShortagesAsync(summary, installed, deadline);
        return shortages.Count > 0
            ? throw StepFailureException.Precondition(
                AgentReasons.DiskFull,
                $"an earlier run of the package manager was interrupted, and there is no room to finish it: {string.Join("; ", shortages)}; nothing was "
                    + "touched")
            : await MutateAsync(mutation, ZypperCommands.RunReinstall(again, summary.Removals.Count > 0), deadline);
    }

    public async Task<FrozenUpdates> FreezeAsync(IReadOnlyList<ApprovedUpdate> approved, FreezeMode freeze, Deadline deadline)
    {
        if (freeze == FreezeMode.Strict || approved.Count == 0)
            return new FrozenUpdates(approved, approved, []);
        var candidates = await ZypperCandidates.FindAsync(queries, approved, await InstalledAsync(deadline), deadline);
        return FrozenUpdates.Of(approved, freeze, candidates.OfferFor, Versions);
    }

    public async Task<IReadOnlyList<ApprovedUpdate>> SuccessorsAsync(IReadOnlyList<ApprovedUpdate> updates, Deadline deadline)
    {
        var update = await queries.SummaryAsync(await queries.AskAsync(ZypperCommands.SimulateUpdate, deadline), deadline);
        var obsoleting = new List<ApprovedUpdate>();
        foreach (var name in update.Removals)
            obsoleting.AddRange(await queries.ObsoletingAsync(name, deadline));
        return [.. updates.Where(fresh => update.Versions.ContainsKey(fresh.Name) && obsoleting.Contains(fresh))];
    }

    public async Task CheckAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        planned = await new ZypperCheck(commands, queries, Snapshots is not null).RunAsync(plan, installed, deadline);

    public Task StageAsync(PatchPlan plan, long? bytesPerSecond, Deadline deadline) =>
        staged.StageAsync(Coming, () => DownloadAsync(plan, bytesPerSecond, deadline), deadline);

    public Task<MutationEnd> InstallAsync(string mutation, PatchPlan plan, Deadline deadline)
    {
        var install = ZypperCommands.RunInstall(Planned.Request, plan.Removals.Count > 0, snapshots: Snapshots is not { HasBefore: true });
        return staged.InstallAsync(
            Coming, () => MutateAsync(mutation, install, deadline, plan), end => ZypperExitCodes.IsDone(end.ExitCode ?? 0), deadline);
    }

    public Task<MutationEnd> AddAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, ZypperCommands.Add(names), deadline);

    public Task<MutationEnd> RemoveAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, ZypperCommands.Remove(names), deadline);

    public Task<MutationEnd> HoldAsync(string mutation, IReadOnlyList<string> names, Deadline deadline) =>
        MutateAsync(mutation, ZypperCommands.Lock(names), deadline);

    public Task<IReadOnlyList<InstalledPackage>> OfRunningKernelAsync(IReadOnlyList<InstalledPackage> packages, Deadline deadline) =>
        RpmKernels.OfRunningAsync(commands, packages, deadline);

    public Task<Keeping> KeepAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, string folder, Deadline deadline) =>
        Restore().KeepAsync(Planned.Summary, installed, folder, deadline);

    public async Task<MutationEnd> RestoreAsync(string mutation, Restoration restoration, string folder, Deadline deadline)
    {
        var wanted = await Restore().PlanAsync(restoration, folder, deadline);
        return await MutateAsync(mutation, ZypperCommands.RunRestore(wanted), deadline);
    }

    /// <summary>A reboot that is needed is no failure; a scriptlet that failed is one, also where zypper does not say so by its exit code.</summary>
    public bool HasFailed(MutationEnd end) => !ZypperExitCodes.IsDone(end.ExitCode ?? 0) || ZypperMessages.FailedScriptlets(end.Log).Count > 0;

    public StepOutcome Explain(MutationEnd end, bool untouched)
    {
        var result = untouched ? AgentResult.PreconditionFailed : AgentResult.PackageManagerFailed;
        var remark = untouched ? "; nothing has changed" : "";
        var scriptlets = ZypperMessages.FailedScriptlets(end.Log);
        var errors = string.Join("; ", [.. scriptlets, .. ZypperMessages.Errors(end.Log)]) is { Length: > 0 } said ? said : ZypperMessages.Tail(end.Log);
        if (ZypperMessages.IsDiskFull(end.Log))
            return new StepOutcome(result, AgentReasons.DiskFull, $"zypper ran out of disk space ({ZypperDiskCheck.Free(commands.Root)}): {errors}{remark}");
        if (untouched && ZypperMessages.IsFetchFailure(end.Log))
            return new StepOutcome(result, AgentReasons.RepositoryUnavailable, $"zypper could not download all packages: {errors}{remark}");
        var how = end.ExitCode switch
        {
            0 when scriptlets.Count > 0 => "reports no failure, but a scriptlet failed",
            { } code when ZypperExitCodes.Meaning(code) is { } meaning => $"{end.How} ({meaning})",
            _ => end.How,
        };
        var quote = errors.Length > 0 ? $": {errors}" : "; it has said nothing";
        return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed, $"zypper {how}{remark}{quote}");
    }

    /// <summary>
    /// What the agent named is the administrator's wish to zypper, from then on: also what only came along. Where something wanted has gone, what came may have
    /// taken its place, and is wanted too.
    /// </summary>
    public async Task RestoreMarksAsync(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, Deadline deadline)
    {
        var wanted = before.Where(package => !package.Automatic).Select(package => package.Name).ToHashSet();
        var named = after.Where(package => !package.Automatic && !wanted.Contains(package.Name)).Select(package => package.Name).Distinct();
        var isReplaced = wanted.Except(after.Select(package => package.Name)).Any();
        var names = named.Where(name => !isReplaced || before.Any(package => package.Name == name)).ToList();
        if (names.Count == 0)
            return;
        await locks.WaitAsync(deadline);
        automatic.Add(names);
    }

    private async Task<IEnumerable<string>> InstallsAsync(PendingUpdate update, Deadline deadline)
    {
        var answer = await queries.AskAsync(ZypperCommands.SimulateInstall([new ApprovedUpdate(update.Name, update.Candidate)]), deadline);
        return (await queries.SummaryAsync(answer, deadline)).Installs.Select(install => install.Name);
    }

    private Task<MutationEnd> MutateAsync(string mutation, HostCommand command, Deadline deadline, PatchPlan? plan = null) => LockWait.RetryAsync(
        () => LockWait.AndCheckAsync(locks.WaitAsync(deadline), this, plan, deadline),
        () => mutations.RunAsync(mutation, command, deadline),
        end => end.ExitCode == ZypperExitCodes.Locked,
        deadline);

    private async Task DownloadAsync(PatchPlan plan, long? bytesPerSecond, Deadline deadline)
    {
        progress.Say("downloading the updates");
        using var limited = bytesPerSecond is { } limit ? new LimitedZypp(commands.Root, limit) : null;
        var result = await queries.RunAsync(ZypperCommands.Stage(Planned.Request, plan.Removals.Count > 0, limited?.HostPath), deadline);
        if (!ZypperExitCodes.IsDone(result.ExitCode))
            throw this.ExplainDownload(result);
    }

    private ZypperRestore Restore() => new(commands, queries, database, progress, this.ExplainDownload);

    private static string Advice(List<string> others, IReadOnlyList<InstalledPackage> installed)
    {
        var leftOver = installed.Where(package => !package.Complete).Select(package => $"{package.Name}-{package.Version}");
        return others.Count > 0
            ? $"to install them again zypper would also change {string.Join(", ", others)}, which nobody has approved"
            : $"what is left over goes with `rpm --erase {string.Join(' ', leftOver)}`";
    }
}
