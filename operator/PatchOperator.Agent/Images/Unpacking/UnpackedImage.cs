using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Unpacking;

/// <summary>A copy of what lies in the workspace, to run programs in: whatever they do to it, the image stays as it was built.</summary>
internal sealed class UnpackedImage : IAsyncDisposable
{
    private readonly string scratch;

    private UnpackedImage(string scratch, HostCommands commands)
    {
        this.scratch = scratch;
        Commands = commands;
    }

    public HostCommands Commands { get; }

    /// <exception cref="ImageFailureException">ResultInvalid: the workspace does not hold what the contract asks for. DiskFull.</exception>
    public static async Task<UnpackedImage> OpenAsync(ImageJob job, CancellationToken stop)
    {
        var scratch = job.Workspace.PathOf("scratch");
        var root = Path.Combine(scratch, "root");
        await Tools.RemoveAsync(scratch);
        await Tools.MakeFolderAsync(scratch, stop);
        var image = new UnpackedImage(scratch, ImageRoot.Commands(Directory.CreateDirectory(root).FullName, job.Request));
        try
        {
            job.Progress.Say("unpacking a copy of the image");
            await UnpackAsync(job, root, Path.Combine(scratch, "layout"), stop);
            return image;
        }
        catch
        {
            await image.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Tools.RemoveAsync(scratch);

    private static Task UnpackAsync(ImageJob job, string root, string view, CancellationToken stop) => job.Request.Output.Format switch
    {
        ImageRequestFormat.Oci => new OciReader(job.Workspace.OciLayout).UnpackAsync(root, view, stop),
        ImageRequestFormat.Tar => TarReader.UnpackAsync(job.Workspace.Tar, root, stop),
        _ => new RawDiskReader(job.Workspace.RawDisk).UnpackAsync(root, stop),
    };
}
