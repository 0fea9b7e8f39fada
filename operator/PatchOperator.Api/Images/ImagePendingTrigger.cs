using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Which updates that are pending in the current image start a build.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImagePendingTrigger>))]
public enum ImagePendingTrigger
{
    Security,
    All,
    Never,
}
