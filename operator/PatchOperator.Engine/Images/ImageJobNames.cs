using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>The Jobs of a baseline: one (baseline UID, inputs or image, number, attempt) has one name.</summary>
internal static class ImageJobNames
{
    public static ImageJob Named(ImageBaseline baseline, ImageJob job) => job with
    {
        Name = JobName.Of(
            $"image-{job.Kind.ToString().ToLowerInvariant()}-", baseline.Metadata.Name,
                $"{baseline.Metadata.Uid}/{job.InputsHash ?? job.Digest}/{job.Number}/{job.Attempt}"),
    };
}
