using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<ImagePendingTrigger>))]
public enum ImagePendingTrigger
{
    Security,
    All,
    Never,
}
