using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Makes an image from packages alone, in a folder of the workspace.</summary>
/// <param name="job">The Job.</param>
/// <param name="tool">What makes it: the image's history says so.</param>
internal abstract class RootBuilder(ImageJob job, string tool) : IImageBuilder
{
    protected ImageJob Job => job;

    protected string Root { get; } = job.Workspace.PathOf("root");

    public abstract Task<HostCommands> MakeAsync(CancellationToken stop);

    public async Task WriteOciAsync(string layout, CancellationToken stop)
    {
        var tar = job.Workspace.PathOf("layer.tar");
        await TarWriter.WriteAsync(Root, tar, job.Request.SourceDateEpoch, stop);
        var architecture = await Architectures.OfAsync(job, ImageRoot.Commands(Root, job.Request), stop);
        await OciWriter.WriteAsync(tar, layout, architecture, tool, job.Request.SourceDateEpoch, stop);
        File.Delete(tar);
    }

    public async ValueTask DisposeAsync() => await Tools.RemoveAsync(Root);
}
