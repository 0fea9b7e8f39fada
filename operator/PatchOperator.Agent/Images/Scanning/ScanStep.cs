using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Images.Unpacking;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Images.Scanning;

/// <summary>Asks the image's own package manager, with its own sources, what is pending in it: as a node made from it would be asked.</summary>
internal sealed class ScanStep : IImageStep
{
    /// <summary>The Job has a deadline of its own, which ends the container.</summary>
    private static readonly TimeSpan NoLimit = TimeSpan.FromDays(7);

    public async Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop)
    {
        await using var image = await UnpackedImage.OpenAsync(job, stop);
        using var nameServers = LentFile.NameServers(image.Commands.Root);
        using var deadline = new Deadline(NoLimit, job.Time, stop);
        try
        {
            var findings = await FindAsync(job, image.Commands, deadline);
            Workspace.Write(job.Workspace.Findings, findings, ContractJson.Default.ImageFindings);
            job.Progress.Say($"{findings.Packages} packages installed, {findings.PendingTotal} pending, {findings.PendingSecurity} of them security, {findings.Held} on hold");
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
        var packages = PackageManagers.Detect(os, image, new ImageMutations(image, job.Progress), job.Progress);
        await packages.RefreshAsync(deadline);
        var installed = await packages.InstalledAsync(deadline);
        // A fix that apt would not install is lacking all the same.
        var pending = (await packages.PendingAsync(installed, [], deadline)).Where(update => update.Blocked is null || update.Security).ToLookup(update => update.Held);
        var facts = PackageList.Facts(installed);
        return new ImageFindings
        {
            OsFamily = os.Family,
            OsImage = os.PrettyName,
            Packages = facts.Packages,
            PatchLevel = facts.PatchLevel,
            PendingSecurity = pending[false].Count(update => update.Security),
            PendingTotal = pending[false].Count(),
            Held = pending[true].Count(),
            PendingNames = [.. pending[false].OrderByDescending(update => update.Security).Select(update => update.Name).Take(10)],
            Expected = [.. job.Request.Expected.Select(expected => Missing(expected, os, installed, packages))],
        };
    }

    private static MissingUpdates Missing(ExpectedUpdates expected, OsRelease os, IReadOnlyList<InstalledPackage> installed, IPackageManager packages)
    {
        var missing = expected.OsFamily is null || expected.OsFamily == os.Family ? PatchPlan.Make(expected.Updates, installed, packages).Missing : [];
        return new MissingUpdates(expected.Run, missing.Count, [.. missing.Select(update => update.Name).Take(5)]);
    }
}
