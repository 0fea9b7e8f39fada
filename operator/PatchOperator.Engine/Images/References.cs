using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>How an image is written where people and machines look it up.</summary>
internal static class References
{
    public static string Of(ImageOutput output, string digest, string version) => output switch
    {
        { Repository: { } repository } => $"{repository}@{digest}",
        { Volume: { } volume } =>
            string.Join('/', new[] { volume.ClaimName, volume.Path?.Trim('/'), version }.Where(part => !string.IsNullOrEmpty(part)))
                + $"{Extension(output.Format)}@{digest}",
        _ => $"{version}@{digest}",
    };

    private static string Extension(ImageFormat format) => format == ImageFormat.RawDisk ? ".raw" : ".tar";
}
