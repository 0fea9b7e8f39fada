using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<ImageJobKind>))]
public enum ImageJobKind
{
    Build,
    Scan,
}
