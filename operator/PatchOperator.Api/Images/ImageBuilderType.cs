using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<ImageBuilderType>))]
public enum ImageBuilderType
{
    Mmdebstrap,
    Buildah,
    Custom,
}
