using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>The output that a request names.</summary>
internal static class ImageOutputs
{
    // There is no limit but the Job's: an answer begins after the whole of an upload, and a disk takes its time.
    private static readonly HttpClient Http = RegistryClient.NewHttpClient(Timeout.InfiniteTimeSpan);

    /// <exception cref="ImageFailureException">InvalidRequest: there is none such.</exception>
    public static IImageOutput Of(ImageRequest request, PublishingPaths paths) => (request.Output.Format, request.Output.Repository) switch
    {
        (ImageRequestFormat.Oci, null) => throw Invalid("output.repository must be set: an image of format Oci goes to a registry"),
        (ImageRequestFormat.Oci, { } repository) => new RegistryOutput(repository, Client(repository, request.Output, paths), null),
        (var format, { } repository) => new RegistryOutput(repository, Client(repository, request.Output, paths), FileFormat.Of(format)),
        (var format, null) => new VolumeOutput(paths.Volume, FileFormat.Of(format), request.Superfluous),
    };

    private static RegistryClient Client(string repository, ImageRequestOutput output, PublishingPaths paths) =>
        new(Http, repository, LoginSecret.Read(paths.PushSecret, "output.pushSecret"), output.Insecure);

    private static ImageFailureException Invalid(string message) => new(ImageReasons.InvalidRequest, message);
}
