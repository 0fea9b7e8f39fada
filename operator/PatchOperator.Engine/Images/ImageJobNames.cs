using System.Security.Cryptography;
using System.Text;
using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>Deterministic Job names: one (baseline UID, inputs or image, number, attempt) has one name, so that "already exists" is success.</summary>
internal static class ImageJobNames
{
    // A Job's pods add six characters to the name, and a pod's name becomes a label and a host name of at most 63.
    private const int MaxLength = 57;

    public static ImageJob Named(ImageBaseline baseline, ImageJob job)
    {
        var text = $"{baseline.Metadata.Uid}/{job.InputsHash ?? job.Digest}/{job.Number}/{job.Attempt}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];
        var prefix = $"image-{job.Kind.ToString().ToLowerInvariant()}-";
        var room = MaxLength - prefix.Length - hash.Length - 1;
        var name = baseline.Metadata.Name;
        var readable = name.Length <= room ? name : name[..room];
        return job with { Name = $"{prefix}{readable.Replace('.', '-').TrimEnd('-')}-{hash}" };
    }
}
