using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>apt and dpkg: Debian and its family.</summary>
internal sealed class AptPackageManager(HostCommands commands, AptLocks locks, IMutations mutations, Progress progress) : IPackageManager
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private string? architecture;
    private IReadOnlyList<ApprovedUpdate>? request;
    private DateTimeOffset? refreshedAt;

    public static AptPackageManager On(HostCommands commands, IMutations mutations, Progress progress) =>
        new(commands, new AptLocks(commands.Root, new ProcFiles(commands.Root), progress), mutations, progress);

    public string Name => "apt";

    public IComparer<string> Versions => DebianVersions.Order;

    public async Task<string> ArchitectureAsync(Deadline deadline) =>
        architecture ??= (await commands.ReadAsync(AptCommands.Architecture, deadline.Token)).Trim();

    public Task WaitUntilIdleAsync(Deadline deadline) => locks.WaitForDatabaseAsync(deadline);

    public async Task RefreshAsync(Deadline deadline)
    {
        while (true)
        {
            await locks.WaitForListsAsync(deadline);
            progress.Say("refreshing the package lists");
            var result = await commands.RunAsync(AptCommands.Update, deadline.Token);
            if (result.Succeeded && !AptMessages.IsIncomplete(result.Errors))
            {
                refreshedAt = deadline.Now;
                return;
            }

            if (!AptMessages.IsLockConflict(result.Errors))
                throw ExplainRefresh(result);
            await deadline.PauseAsync(Glance);
        }
    }

    public async Task<IReadOnlyList<InstalledPackage>> InstalledAsync(Deadline deadline)
    {
        var native = await ArchitectureAsync(deadline);
        var automatic = AptExtendedStates.Automatic(ReadFile(AptExtendedStates.HostPath), native);
        return DpkgStatus.Parse(await commands.ReadAsync(AptCommands.Installed, deadline.Token), native, automatic);
    }

    public Task<ListFacts> ListsAsync(Deadline deadline) => new AptLists(commands).FindAsync(refreshedAt, deadline);

    public Task<IReadOnlyList<PendingUpdate>> PendingAsync(IReadOnlyList<InstalledPackage> installed, IReadOnlyList<SecuritySource> securitySources,
        Deadline deadline) =>
        new AptPending(commands, securitySources).FindAsync(installed, deadline);

    public string? Refusal(string name, string version) => PackageNames.Refusal(name, version);

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
        var disks = new AptDiskCheck(commands);
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
        var unapproved = fix.Removals.Select(name => $"remove {name}")
            .Concat(
                fix.Installs.Where(install => install.From != install.To && !approved.Contains(new ApprovedUpdate(install.Name, install.To)))
                    .Select(install => $"install {install.Name} {install.To}"))
            .ToList();
        if (unapproved.Count > 0)
            return end with { Log = $"{end.Log}\napt-get --fix-broken install would {string.Join(", ", unapproved)}, which nobody has approved" };
        ThrowIfNoRoomToRepair(await disks.InstallingAsync(AptCommands.FixDownloads(unpackedBadly), fix.Installs, installed, deadline), "nothing was installed");
        return await MutateAsync(mutation, remaining => AptCommands.Fix(unpackedBadly, remaining), deadline);
    }

    public async Task<FrozenUpdates> FreezeAsync(IReadOnlyList<ApprovedUpdate> approved, FreezeMode freeze, Deadline deadline)
    {
        if (freeze == FreezeMode.Strict || approved.Count == 0)
            return new FrozenUpdates(approved, approved, []);
        var named = approved.Where(update => Refusal(update.Name, update.Version) is null).Select(update => update.Name);
        var policies = AptPolicy.ParseAll(await commands.ReadAsync(AptCommands.Policy(named), deadline.Token));
        return FrozenUpdates.Of(approved, freeze, update => policies.GetValueOrDefault(update.Name)?.OfferFor(update.Version) ?? default, Versions);
    }

    public async Task CheckAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline) =>
        request = await new AptCheck(commands).RunAsync(plan, installed, deadline);

    public Task<MutationEnd> InstallAsync(string mutation, PatchPlan plan, Deadline deadline) =>
        MutateAsync(mutation, remaining => AptCommands.Install(request ?? plan.Upgrades, remaining), deadline);

    public StepOutcome Explain(MutationEnd end, bool untouched)
    {
        var result = untouched ? AgentResult.PreconditionFailed : AgentResult.PackageManagerFailed;
        var remark = untouched ? "; nothing has changed" : "";
        var errors = string.Join("; ", AptMessages.Errors(end.Log));
        if (AptMessages.IsDiskFull(end.Log))
            return new StepOutcome(result, AgentReasons.DiskFull, $"apt ran out of disk space ({AptDiskNeeds.Free(commands.Root)}): {errors}{remark}");
        if (untouched && AptMessages.IsFetchFailure(end.Log))
            return new StepOutcome(result, AgentReasons.RepositoryUnavailable, $"apt could not download all packages: {errors}{remark}");
        var how = end.ExitCode switch
        {
            0 => "reports no failure, but what was asked of it is not done",
            { } code => $"failed with exit code {code}",
            null => "has ended and nobody knows its exit code",
        };
        return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed, $"the package manager {how}{remark}{Quote(end.Log)}");
    }

    public async Task RestoreMarksAsync(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, Deadline deadline)
    {
        var automatic = before.Where(package => package.Automatic).Select(package => package.Name).ToHashSet();
        var names = after.Where(package => !package.Automatic && automatic.Contains(package.Name)).Select(package => package.Name).ToList();
        if (names.Count > 0)
            await commands.ReadAsync(AptCommands.MarkAutomatic(names), deadline.Token);
    }

    /// <summary>Between the look at the locks and the command's own attempt another process may have been faster: again, then.</summary>
    private async Task<MutationEnd> MutateAsync(string mutation, Func<TimeSpan, HostCommand> command, Deadline deadline)
    {
        while (true)
        {
            await locks.WaitForDatabaseAsync(deadline);
            var end = await mutations.RunAsync(mutation, command(deadline.Remaining), deadline);
            if (!end.Failed || !AptMessages.IsLockConflict(end.Log))
                return end;
            await deadline.PauseAsync(Glance);
        }
    }

    private static void ThrowIfNoRoomToRepair(IReadOnlyList<string> shortages, string remark)
    {
        if (shortages.Count > 0)
            throw StepFailureException.Precondition(
                AgentReasons.DiskFull,
                $"an earlier run of the package manager was interrupted, and there is no room to finish it: {string.Join("; ", shortages)}; {remark}");
    }

    private static string Quote(string log) => AptMessages.Tail(log) is { Length: > 0 } tail ? $": {tail}" : "; it has said nothing";

    private StepFailureException ExplainRefresh(CommandResult result)
    {
        var errors = AptMessages.Errors(result.Errors);
        var message = string.Join("; ", errors.Count > 0 ? errors : [result.Complaint]);
        return AptMessages.IsDiskFull(result.Errors)
            ? StepFailureException.Precondition(AgentReasons.DiskFull, $"no space for the package lists ({AptDiskNeeds.Free(commands.Root)}): {message}")
            : StepFailureException.Precondition(AgentReasons.RepositoryUnavailable, $"the package lists could not be refreshed: {message}");
    }

    private string ReadFile(string hostPath) => commands.Root.FileExists(hostPath) ? File.ReadAllText(commands.Root.Locate(hostPath)) : "";
}
