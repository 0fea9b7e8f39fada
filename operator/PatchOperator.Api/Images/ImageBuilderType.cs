using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>The program that builds: one of the operator's tools, or one's own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageBuilderType>))]
public enum ImageBuilderType
{
    Mmdebstrap,
    Buildah,
    Dnf,
    Zypper,
    Custom,
}
