using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// Brings back what the patch step of the same operation has replaced, and takes away what it brought. When it runs once more, it verifies that it holds.
/// </summary>
internal sealed class RollbackStep(StepContext context)
{
    private const int MaxNamed = 5;

    private readonly string mutation = $"patchoperator-{context.Request.Operation}-rollback";

    private string RepairMutation => StepContext.RepairOf(mutation);

    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        // A patch that took too long goes on: what it changes later would stay.
        var late = await context.Mutations.ResumeAsync(context.PatchRepairMutation, context.Deadline);
        late = await context.Mutations.ResumeAsync(context.PatchMutation, context.Deadline) ?? late;
        _ = await context.Mutations.ResumeAsync(RepairMutation, context.Deadline);
        var end = await context.Mutations.ResumeAsync(mutation, context.Deadline);
        await packages.WaitUntilIdleAsync(context.Deadline);
        if (context.Journal.BeforeRollback is not { } before)
            return new StepOutcome(AgentResult.NothingToDo, AgentReasons.NothingToDo, "nothing is kept on this host that the operation has changed");
        var snapshots = await SnapshotRollback.FindAsync(context, packages.Snapshots, mutation + "-files", late is not null);
        var found = await RepairedAsync(packages);
        if (late is not null)
            context.Journal.Note(found);
        var after = context.Journal.After ?? found;
        var restoration = await RestorationAsync(packages, before, after, found);
        if (!restoration.IsNothing)
            end = await RestoreAsync(packages, restoration, snapshots);
        var now = await packages.InstalledAsync(context.Deadline);
        var left = await RestorationAsync(packages, before, after, now);
        var files = left.IsNothing && snapshots is not null ? await snapshots.BringConfigurationBackAsync(context.Journal.Names) : [];
        context.Draft.Changed = PackageList.Changes(found, now);
        await DescribeAsync(packages, before, now);
        if (snapshots is { PutBack: [_, ..] putBack })
            context.Draft.Reboot = new RebootFacts(
                Required: true,
                [.. context.Draft.Reboot?.Because ?? [], $"files came back that services read as they start: {Naming.Of(putBack, MaxNamed)}"]);
        var restarts = await new ServiceRestarts(context, mutation + "-restart").RunAsync();
        // What came back may need the reboot to run: it is looked at after that.
        var awaitsReboot = context.Request.RebootFollows && context.Draft.Reboot is { Required: true };
        if (!awaitsReboot)
            await context.Units.StartBrokenAsync(mutation + "-start");
        var (problem, remark, _) = awaitsReboot ? (null, "", []) : await context.Units.JudgeAsync();
        var outcome = Judge(packages, end, left, files, now, problem);
        return outcome with { Message = outcome.Message + restarts + remark };
    }

    /// <summary>What an attempt before this one was torn from is finished first: nothing else can be planned until then.</summary>
    private async Task<IReadOnlyList<InstalledPackage>> RepairedAsync(IPackageManager packages)
    {
        var found = await packages.InstalledAsync(context.Deadline);
        if (!packages.IsInterrupted(found))
            return found;
        _ = await packages.RepairAsync(RepairMutation, [], context.Deadline);
        return await packages.InstalledAsync(context.Deadline);
    }

    private async Task<Restoration> RestorationAsync(
        IPackageManager packages, IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, IReadOnlyList<InstalledPackage> now)
    {
        var restoration = Restoration.Of(before, after, now, context.Journal.Names);
        return restoration.Without(await packages.OfRunningKernelAsync(restoration.Gone, context.Deadline));
    }

    private async Task<MutationEnd> RestoreAsync(IPackageManager packages, Restoration restoration, SnapshotRollback? snapshots)
    {
        try
        {
            return await packages.RestoreAsync(mutation, restoration, context.Journal.KeptFolder, context.Deadline);
        }
        catch (StepFailureException error) when (error.Outcome.Reason == AgentReasons.NotBroughtBack && snapshots is not null)
        {
            throw new StepFailureException(
                error.Outcome with { Message = $"{error.Message}; snapshot {snapshots.Before} of snapper has the host as it was before the operation" });
        }
    }

    /// <summary>What the host is like now. What cannot be found out stays unknown: whether all is back is known without it.</summary>
    private async Task DescribeAsync(IPackageManager packages, IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> now)
    {
        try
        {
            await packages.RestoreMarksAsync(before, now, context.Deadline);
            await HostScan.RunAsync(context, packages, context.Deadline, now);
        }
        catch (Exception error) when (!context.Deadline.Stopped)
        {
            context.Progress.Say($"cannot find out all about the host after the rollback: {error.Message}");
        }
    }

    /// <summary>By what is installed and runs now.</summary>
    private StepOutcome Judge(
        IPackageManager packages, MutationEnd? end, Restoration left, IReadOnlyList<string> files, IReadOnlyList<InstalledPackage> now, string? units)
    {
        List<string> wrong =
        [
            .. left.IsNothing && left.Staying.Count == 0 ? Array.Empty<string>() : [$"could not bring back {left}"],
            .. files.Count == 0 ? Array.Empty<string>() : [$"could not bring back {Naming.Of(files, MaxNamed)}"],
            .. packages.IsInterrupted(now) ? ["packages are not whole"] : Array.Empty<string>(),
            .. units is null ? Array.Empty<string>() : [units],
        ];
        if (wrong.Count == 0)
        {
            var since = left.ChangedSince.Count == 0 ? "" : $" but for {Naming.Of(left.ChangedSince, MaxNamed)}, which somebody else has changed since";
            return StepOutcome.Completed($"{context.Draft.Changed.Count} packages changed, all is as it was before{since}");
        }

        if (end is not null && packages.HasFailed(end))
            wrong.Add(packages.Explain(end, untouched: context.Draft.Changed.Count == 0).Message);
        return new StepOutcome(AgentResult.VerificationFailed, AgentReasons.NotBroughtBack, string.Join("; ", wrong));
    }
}
