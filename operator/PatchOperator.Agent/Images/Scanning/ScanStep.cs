using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Images.Unpacking;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Scanning;

/// <summary>Asks the image's own package manager, with its own sources, what is pending in it: as a node made from it would be asked.</summary>
internal sealed class ScanStep : IImageStep
{
    public async Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop)
    {
        await using var image = await UnpackedImage.OpenAsync(job, stop);
        using var nameServers = LentFile.NameServers(image.Commands.Root);
        using var deadline = job.Unlimited(stop);
        try
        {
            var findings = await FindAsync(job, image.Commands, deadline);
            Workspace.Write(job.Workspace.Findings, findings, ContractJson.Default.ImageFindings);
            job.Progress.Say($"{findings.Packages} packages installed, {findings.PendingTotal} pending, {findings.PendingSecurity} of them security, "
                + $"{findings.Held} on hold, {findings.Blocked} blocked, {findings.BlockedSecurity} of them security, {findings.Incomplete} not whole");
            return null;
        }
        catch (StepFailureException failure)
        {
            throw StepFailures.Translate(failure, ImageReasons.ResultInvalid);
        }
        catch (HostCommandException error)
        {
            throw new ImageFailureException(ImageReasons.ResultInvalid, $"the image's own package manager does not work: {error.Message}");
        }
    }

    private static async Task<ImageFindings> FindAsync(ImageJob job, HostCommands image, Deadline deadline)
    {
        var os = OsRelease.Read(image.Root);
        var packages = RootPackages.Of(image, job.Progress);
        await packages.RefreshAsync(deadline);
        var installed = await packages.InstalledAsync(deadline);
        if (await packages.ListsAsync(deadline) is { Complete: false } lists)
            throw new ImageFailureException(ImageReasons.ListsMissing, lists.Message ?? "the image has no package lists");
        // What a fix repairs is open in the image for as long as it is not installed, whatever keeps it from being so.
        var updates = (await packages.PendingAsync(installed, UpdateRules.OfImage, deadline)).Updates;
        var pending = updates.Where(update => update.Installable).ToList();
        var blocked = updates.Where(update => update.Blocked is not null && !update.Held).ToList();
        var incomplete = installed.Where(package => !package.Complete).Select(package => package.Name).ToList();
        var facts = PackageList.Facts(installed);
        var missing = new List<MissingUpdates>();
        foreach (var expected in job.Request.Expected)
            missing.Add(await MissingAsync(expected, os, installed, packages, deadline));
        return new ImageFindings
        {
            OsFamily = os.Family,
            OsImage = os.PrettyName,
            Packages = facts.Packages,
            PatchLevel = facts.PatchLevel,
            PendingSecurity = pending.Count(update => update.Security),
            PendingTotal = pending.Count,
            Held = updates.Count(update => update.Held),
            Blocked = blocked.Count,
            BlockedSecurity = blocked.Count(update => update.Security),
            PendingNames = Names(pending),
            BlockedNames = Names(blocked),
            Incomplete = incomplete.Count,
            IncompleteNames = [.. incomplete.Take(ImageFindings.MaxPendingNames)],
            Expected = missing,
        };
    }

    private static IReadOnlyList<string> Names(IEnumerable<PendingUpdate> updates) =>
        [.. updates.OrderByDescending(update => update.Security).Select(update => update.Name).Take(ImageFindings.MaxPendingNames)];

    private static async Task<MissingUpdates> MissingAsync(
        ExpectedUpdates expected, OsRelease os, IReadOnlyList<InstalledPackage> installed, IPackageManager packages, Deadline deadline)
    {
        var missing = (expected.OsFamily is null || expected.OsFamily == os.Family)
            && (expected.Architecture is null || expected.Architecture == await packages.ArchitectureAsync(deadline))
            ? (await PatchPlan.MakeAsync(expected.Updates, installed, packages, deadline)).Missing
            : [];
        return new MissingUpdates(expected.Run, missing.Count, [.. missing.Select(update => update.Name).Take(MissingUpdates.MaxNames)]);
    }
}
