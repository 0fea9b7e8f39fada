using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What is made: an image for containers, an archive of the root file system, or a disk.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageFormat>))]
public enum ImageFormat
{
    Oci,
    Tar,
    RawDisk,
}
