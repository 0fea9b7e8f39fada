namespace PatchOperator.Registry;

/// <summary>Media types of what a registry holds under a tag, by the OCI image specification, and Docker's older names for the same.</summary>
internal static class OciMediaTypes
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>What we understand. A registry that is not told converts some to the first version of Docker's, which has another digest.</summary>
    public static IReadOnlyList<string> Accept { get; } = [Manifest, Index, DockerManifest, DockerList];
}
