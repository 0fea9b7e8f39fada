using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>
/// Keeps the image of a build, and reports it with its tests and findings. One whose tests failed is kept too: whether it is promoted is for the operator to
/// decide, and a person may want to look into it.
/// </summary>
internal sealed class ReportStep(PublishingPaths paths) : IImageStep
{
    public async Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop)
    {
        var request = job.Request;
        try
        {
            var results = new StepResults(job.Workspace, request);
            var tests = request.Mode == ImageJobMode.Build ? await results.TestsAsync(stop) : [];
            var findings = await results.FindingsAsync(stop);
            var image = await ImageOutputs.Of(request, paths).FindAsync(job.Workspace, stop);
            var (version, message) = request.Mode == ImageJobMode.Build ? await KeepAsync(job, image, stop) : (request.Version!, Scanned(request, image));
            return new ImageResult
            {
                Reason = ImageReasons.Completed,
                Message = message,
                Image = new ImageFacts(image.Digest, version, image.Size),
                Findings = findings,
                Tests = tests,
            };
        }
        catch (InvalidDataException error)
        {
            throw new ImageFailureException(ImageReasons.ResultInvalid, $"what the steps before left is not what it should be: {error.Message}");
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ImageFailureException(ImageReasons.ResultInvalid, $"what the steps before left must be readable by everybody: {error.Message}");
        }
    }

    private static async Task<(string Version, string Message)> KeepAsync(ImageJob job, FoundImage image, CancellationToken stop)
    {
        var version = Versions.Of(job.Request, image.Digest);
        job.Progress.Say($"keeping {image.Digest}, {image.Size} bytes, as {version}");
        return (version, $"the image is {await image.KeepAsync(version, stop)}");
    }

    private static string Scanned(ImageRequest request, FoundImage image) => image.Digest == request.Digest
        ? $"the image {request.Version} was scanned"
        : throw new InvalidDataException($"the image in the workspace has the digest {image.Digest}, and {request.Digest} was pulled");
}
