using PatchOperator.Agent.Images.Building;
using PatchOperator.Agent.Images.Publishing;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Images.Scanning;
using PatchOperator.Agent.Images.Testing;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images;

/// <summary>The steps, by the names of their subcommands.</summary>
internal static class ImageSteps
{
    public static IReadOnlyList<(string Name, string Description, Func<IImageStep> Make)> All { get; } =
    [
        (
            "pull",
            "Fetches the image that is to be scanned again from its repository or volume into the workspace, and checks its digest.",
            () => new PullStep(PublishingPaths.OfJob)),
        ("build", $"""
            Builds the image into the workspace: {ImageWorkspace.OciLayout}/ (an OCI layout), {ImageWorkspace.Tar} or {ImageWorkspace.RawDisk}.
            Needs root, the tools image and the right to mount. Equal requests on unchanged archives give equal bits.
            """, () => new BuildStep()),
        (
            "test",
            $"Runs the request's tests in a copy of the image and writes {ImageWorkspace.Tests}. A test that fails is a result: the exit code is 0.",
            () => new TestStep()),
        (
            "scan",
            $"Asks the package manager of a copy of the image what is pending and writes {ImageWorkspace.Findings}. Nothing of the image is started.",
            () => new ScanStep()),
        (
            "report",
            "Publishes the image of a build, reads it back, and reports it with its tests and findings. Needs no rights.",
            () => new ReportStep(PublishingPaths.OfJob)),
    ];
}
