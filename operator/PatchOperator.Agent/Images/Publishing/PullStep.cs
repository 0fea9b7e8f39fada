using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>Fetches the image that is to be scanned again into the workspace, to where a build would have left it.</summary>
internal sealed class PullStep(PublishingPaths paths) : IImageStep
{
    public async Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop)
    {
        if (job.Request is not { Mode: ImageJobMode.Scan, Digest: { } digest, Version: { } version })
            throw new ImageFailureException(ImageReasons.InvalidRequest, "pull belongs to the mode Scan, with the digest and the version of an image");
        job.Progress.Say($"fetching {version} ({digest}) from {job.Request.Output.Repository ?? "the volume"}");
        await ImageOutputs.Of(job.Request, paths).FetchAsync(digest, version, job.Workspace, stop);
        return null;
    }
}
