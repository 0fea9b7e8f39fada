using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>Installs the approved updates that apply to this host, and nothing else.</summary>
internal sealed class PatchStep(StepContext context)
{
    private static readonly TimeSpan TimeToReport = TimeSpan.FromMinutes(2);

    private readonly string mutation = context.PatchMutation;

    private IReadOnlyList<ApprovedUpdate> updates = context.Request.Updates;

    private IReadOnlyList<ChangedPackage> oldKernels = [];

    private string KernelMutation => mutation + "-kernels";

    private PatchJournal Journal => context.Journal;

    /// <summary>What the package manager has said in this operation, to earlier agents as well.</summary>
    private string Said => context.State.Read(context.PatchRepairMutation + ".log") + context.State.Read(mutation + ".log");

    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        try
        {
            var outcome = await PatchAsync(packages);
            await DescribeAsync(packages, context.Deadline);
            if (context.Draft.KeptConfiguration.Count is > 0 and var kept)
                outcome = outcome with { Message = $"{outcome.Message}; configuration files kept that packages wanted to replace: {kept}" };
            if (outcome.Result == AgentResult.Done && !context.Request.DryRun)
                outcome = outcome with { Message = outcome.Message + await new ServiceRestarts(context, mutation + "-restart").RunAsync() };
            if (outcome.Result is AgentResult.Done or AgentResult.NothingToDo)
                Journal.End(forRollback: context.Request.KeepReplaced);
            return outcome;
        }
        catch (Exception error) when (!context.Deadline.Stopped)
        {
            // They alone are nothing that could be brought back.
            if (Journal.Before is null)
                oldKernels = [];
            using var grace = context.Deadline.Grace(TimeToReport);
            await DescribeAsync(packages, grace);
            // Without the repositories' lists nothing seems to be pending.
            if (error is StepFailureException { Outcome.Reason: AgentReasons.RepositoryUnavailable or AgentReasons.ClockWrong })
                (context.Draft.Pending, context.Draft.Advisories, context.Draft.Lists) = (null, [], null);
            if (DiskSpace.HasRunOut(error) && Journal.Before is null)
                throw StepFailureException.Precondition(AgentReasons.DiskFull, $"{error.Message}; nothing was touched");
            throw;
        }
    }

    /// <summary>Goes on with what an earlier agent began, or begins.</summary>
    private async Task<StepOutcome> PatchAsync(IPackageManager packages)
    {
        if (!context.Request.DryRun)
            await EndOtherAsync();
        _ = await context.Mutations.ResumeAsync(context.PatchRepairMutation, context.Deadline);
        var resumed = await context.Mutations.ResumeAsync(mutation, context.Deadline);
        // Without a journal it is of an operation of the same name that was over when others began; and what is pending may be more by now.
        if (resumed is not null && Journal.Before is not null && (context.Request.Pending is null || packages.HasFailed(resumed)))
            return await JudgeAsync(packages, resumed);
        await packages.WaitUntilIdleAsync(context.Deadline);
        updates = await context.UpdatesAsync(packages);
        var installed = await RemoveOldKernelsAsync(packages, await RepairAsync(packages));
        var plan = await PatchPlan.MakeAsync(updates, installed, packages, context.Deadline);
        return plan.Upgrades.Count == 0 ? NothingLeft(packages, plan, installed) : await InstallAsync(packages, installed);
    }

    /// <summary>One operation at a time works on a host: what another has begun and left, as where its agent was killed, comes to its end before.</summary>
    private async Task EndOtherAsync()
    {
        if (Journal.Other is not { } other)
            return;
        context.Progress.Say($"{other} was begun on this host and has not succeeded: what it has changed stays, and this begins anew");
        _ = await context.Mutations.ResumeAsync(StepContext.RepairOf(other), context.Deadline);
        _ = await context.Mutations.ResumeAsync(other, context.Deadline);
    }

    /// <returns>What is installed after it.</returns>
    /// <exception cref="StepFailureException">InterruptedPackageManager: it cannot be finished, and no approved update replaces what is broken.</exception>
    private async Task<IReadOnlyList<InstalledPackage>> RepairAsync(IPackageManager packages)
    {
        var installed = await packages.InstalledAsync(context.Deadline);
        if (!packages.IsInterrupted(installed))
            return installed;
        if (context.Request.DryRun)
            throw StepFailureException.Precondition(
                AgentReasons.InterruptedPackageManager,
                "an earlier run of the package manager was interrupted, and a patch that is no dry run finishes it first");
        context.Progress.Say("an earlier run of the package manager was interrupted: finishing it first");
        await BeginAsync(installed);
        var end = await packages.RepairAsync(context.PatchRepairMutation, updates, context.Deadline);
        var repaired = await packages.InstalledAsync(context.Deadline);
        // What went is of the operation, whoever has begun it.
        Journal.Intend(PackageList.Changes(installed, repaired).Where(change => change.To.Length == 0).Select(change => change.Name));
        updates = await context.UpdatesAsync(packages);
        var newest = PackageList.Newest(repaired, packages.Versions);
        var broken = repaired.Where(package => !package.Complete && !IsReplaced(newest[package.Name], packages)).Select(package => package.Name).ToList();
        return broken.Count == 0
            ? repaired
            : throw new StepFailureException(
                AgentResult.PreconditionFailed,
                AgentReasons.InterruptedPackageManager,
                $"an earlier run of the package manager was interrupted and cannot be finished, repair {string.Join(", ", broken)} by hand: "
                    + $"{packages.Explain(end, untouched: false).Message}");
    }

    /// <summary>
    /// Makes room at /boot. What goes is not of the operation: whether it has touched anything is told without, and its rollback leaves it away.
    /// </summary>
    /// <returns>What is installed after it.</returns>
    private async Task<IReadOnlyList<InstalledPackage>> RemoveOldKernelsAsync(IPackageManager packages, IReadOnlyList<InstalledPackage> installed)
    {
        if (!context.Request.RemoveOldKernels || context.Request.DryRun || Journal.Before is not null)
            return installed;
        var resumed = await context.Mutations.ResumeAsync(KernelMutation, context.Deadline);
        if ((resumed ?? await packages.RemoveOldKernelsAsync(KernelMutation, context.Deadline)) is not { } end)
            return installed;
        var left = await packages.InstalledAsync(context.Deadline);
        oldKernels = PackageList.Changes(installed, left);
        context.Progress.Say($"removed of old kernels: {string.Join(", ", oldKernels.Select(change => $"{change.Name} {change.From}"))}");
        return packages.HasFailed(end) ? throw new StepFailureException(packages.Explain(end, untouched: oldKernels.Count == 0)) : left;
    }

    /// <summary>What cannot be noted is not begun.</summary>
    private async Task BeginAsync(IReadOnlyList<InstalledPackage> installed)
    {
        var untouched = Journal.Before is null;
        try
        {
            Journal.Begin(installed);
            await context.Units.NoteAsync();
        }
        catch (Exception) when (untouched)
        {
            context.State.Clear();
            throw;
        }
    }

    private bool IsReplaced(InstalledPackage broken, IPackageManager packages) =>
        updates.Any(update => update.Name == broken.Name && packages.Versions.Compare(update.Version, broken.Version) > 0);

    /// <summary>All is there: because it always was, because it was only repaired, or because an agent before this one has done the work.</summary>
    private StepOutcome NothingLeft(IPackageManager packages, PatchPlan plan, IReadOnlyList<InstalledPackage> installed)
    {
        if (plan.Refused.Count > 0)
            return Refused(plan, "nothing was touched");
        if (Journal.Before is not { } before)
            return new StepOutcome(
                AgentResult.NothingToDo, AgentReasons.NothingToDo, $"all approved updates that apply to this host are installed{plan.Remark}");
        // What was installed and did not work, an earlier attempt has said: another look makes it no success.
        var earlier = new MutationEnd(ExitCode: null, Said);
        if (packages.HasFailed(earlier))
            return packages.Explain(earlier, untouched: false);
        var repaired = before
            .Where(package => !package.Complete && installed.Any(now => now.Name == package.Name && now.Version == package.Version))
            .Select(package => package.Name)
            .ToList();
        return repaired.Count > 0
            ? StepOutcome.Completed($"{string.Join(", ", repaired)} was not whole and is now, nothing else was left to do{plan.Remark}")
            : StepOutcome.Completed(
                $"an earlier attempt of this operation has changed {PackageList.Changes(before, installed).Count} packages, nothing was left to "
                    + $"do{plan.Remark}");
    }

    private static StepOutcome Refused(PatchPlan plan, string done) =>
        new(AgentResult.PackageManagerFailed, AgentReasons.InvalidRequest, $"{done}{plan.Remark}");

    private Task<FrozenUpdates> FreezeAsync(IPackageManager packages) =>
        packages.FreezeAsync(updates, context.Request.Freeze, context.Deadline);

    private async Task<StepOutcome> InstallAsync(IPackageManager packages, IReadOnlyList<InstalledPackage> installed)
    {
        await context.RefreshAsync(packages);
        var offered = await PatchPlan.MakeAsync((await FreezeAsync(packages)).ToInstall, installed, packages, context.Deadline);
        if (offered.Upgrades.Count == 0)
            return NothingLeft(packages, offered, installed);
        await packages.CheckAsync(offered, installed, context.Deadline);
        if (context.Request.DryRun)
        {
            var names = offered.Upgrades.Select(update => $"{update.Name} {update.Version}");
            var removals = offered.Removals.Count == 0 ? "" : $"; for that may go {string.Join(", ", offered.Removals)}";
            return StepOutcome.Completed($"would install {string.Join(", ", names)}{removals}{offered.Remark}");
        }

        var untouched = Journal.Before is null;
        await BeginAsync(installed);
        if (context.Request.KeepReplaced)
        {
            await KeepAsync(packages, offered, installed, untouched);
            await new SnapshotPair(context, packages.Snapshots).BeginAsync();
        }

        return await JudgeAsync(packages, await packages.InstallAsync(mutation, offered, context.Deadline));
    }

    /// <summary>What is kept takes room as well: whether the rest still fits is seen then.</summary>
    private async Task KeepAsync(IPackageManager packages, PatchPlan plan, IReadOnlyList<InstalledPackage> installed, bool untouched)
    {
        try
        {
            var keeping = await packages.KeepAsync(plan, installed, Journal.KeptFolder, context.Deadline);
            await packages.CheckAsync(plan, installed, context.Deadline);
            Journal.Intend(keeping.Names);
            context.Draft.Kept = keeping.Kept;
        }
        catch (Exception) when (untouched)
        {
            context.State.Clear();
            throw;
        }
    }

    /// <summary>By what is installed now; the exit code only has a veto.</summary>
    private async Task<StepOutcome> JudgeAsync(IPackageManager packages, MutationEnd end)
    {
        var installed = await packages.InstalledAsync(context.Deadline);
        var changes = PackageList.Changes(Journal.Before ?? installed, installed);
        var frozen = await FreezeAsync(packages);
        context.Draft.Substituted =
            [.. frozen.Substituted.Where(version => changes.Any(change => change.Name == version.Name && change.To == version.Offered))];
        var left = await PatchPlan.MakeAsync(frozen.Required, installed, packages, context.Deadline);
        if (left.Upgrades.Count > 0 || packages.HasFailed(end) || packages.IsInterrupted(installed))
            return packages.Explain(end, untouched: changes.Count == 0 && !packages.IsInterrupted(installed));
        return left.Refused.Count > 0
            ? Refused(left, $"{changes.Count} packages changed")
            : StepOutcome.Completed($"{changes.Count} packages changed{left.Remark}");
    }

    /// <summary>What has changed and what the host is like now, also after a failure. What cannot be found out stays unknown.</summary>
    private async Task DescribeAsync(IPackageManager packages, Deadline deadline)
    {
        try
        {
            var after = await packages.InstalledAsync(deadline);
            context.Draft.Changed = oldKernels;
            if (Journal.Before is { } before)
            {
                Journal.Note(after);
                await new SnapshotPair(context, packages.Snapshots).EndAsync(deadline);
                context.Draft.Changed = [.. oldKernels, .. PackageList.Changes(before, after)];
                context.Draft.KeptConfiguration = KeptConfiguration.Of(Said);
                await packages.RestoreMarksAsync(before, after, deadline);
            }

            await HostScan.RunAsync(context, packages, deadline, after);
        }
        catch (Exception error) when (!deadline.Stopped)
        {
            context.Progress.Say($"cannot find out all about the host after the step: {error.Message}");
        }
    }
}
