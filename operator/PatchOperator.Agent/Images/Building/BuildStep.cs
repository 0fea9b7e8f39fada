using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Run;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Builds the image into the workspace.</summary>
internal sealed class BuildStep : IImageStep
{
    public async Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop)
    {
        await using IImageBuilder builder = job.Request.Builder switch
        {
            ImageRequestBuilder.Mmdebstrap => new MmdebstrapBuilder(job),
            ImageRequestBuilder.Buildah => new BuildahBuilder(job),
            ImageRequestBuilder.Dnf => new RpmBuilder(job, RpmTool.Dnf),
            ImageRequestBuilder.Zypper => new RpmBuilder(job, RpmTool.Zypper),
            _ => throw new ImageFailureException(ImageReasons.InvalidRequest, "a custom builder is a container of its own, not this step"),
        };
        await EmptyAsync(job.Workspace);
        try
        {
            var image = await MakeAsync(job, builder, stop);
            job.Progress.Say($"writing {job.Request.Output.Format}");
            await WriteAsync(job, builder, image, stop);
            return null;
        }
        catch (StepFailureException failure)
        {
            throw StepFailures.Translate(failure, ImageReasons.RecipeFailed);
        }
    }

    /// <summary>Of what an attempt before this one has left.</summary>
    private static async Task EmptyAsync(Workspace workspace)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(workspace.Root))
            await Tools.RemoveAsync(entry);
    }

    private static async Task<HostCommands> MakeAsync(ImageJob job, IImageBuilder builder, CancellationToken stop)
    {
        try
        {
            var image = await builder.MakeAsync(stop);
            await new Recipe(job, image).ApplyAsync(stop);
            await DnfHistory.DateAsync(image, job.Request.SourceDateEpoch, stop);
            RootCleanup.Clean(image.Root);
            return image;
        }
        catch (HostCommandException error)
        {
            throw new ImageFailureException(ImageReasons.RecipeFailed, $"the image under construction does not work: {error.Message}");
        }
    }

    private static async Task WriteAsync(ImageJob job, IImageBuilder builder, HostCommands image, CancellationToken stop)
    {
        var (workspace, request) = (job.Workspace, job.Request);
        switch (request.Output.Format)
        {
            case ImageRequestFormat.Oci:
                await builder.WriteOciAsync(workspace.OciLayout, stop);
                // The step that publishes it is not root; the tools keep it to themselves.
                await Tools.RunAsync(new HostCommand("chmod", "-R", "a+rX", workspace.OciLayout), stop);
                break;
            case ImageRequestFormat.Tar:
                await TarWriter.WriteAsync(image.Root.Path, workspace.Tar, request.SourceDateEpoch, stop);
                break;
            default:
                await new RawDiskWriter(request).WriteAsync(image.Root.Path, workspace.RawDisk, await Architectures.OfAsync(job, image, stop), stop);
                break;
        }
    }
}
