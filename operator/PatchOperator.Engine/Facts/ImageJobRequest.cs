using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>A build or a scan to start, as the status has it.</summary>
/// <param name="Job">The reservation; its name is the Job's.</param>
/// <param name="Version">Scan: the image's version.</param>
/// <param name="Expected">What runs have installed on nodes, to be looked for in the image.</param>
/// <param name="Known">Images that the repository or the volume holds.</param>
/// <param name="Superfluous">Of those in a volume, the ones to delete once the new image is there.</param>
public sealed record ImageJobRequest(
    ImageJob Job,
    string? Version,
    IReadOnlyList<ExpectedOfRun> Expected,
    IReadOnlyList<(string Digest, string Version)> Known,
    IReadOnlyList<(string Digest, string Version)> Superfluous);
