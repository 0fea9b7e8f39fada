using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<ImageFormat>))]
public enum ImageFormat
{
    Oci,
    Tar,
    RawDisk,
}
