using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<ImageSourceType>))]
public enum ImageSourceType
{
    Suite,
    Image,
}
