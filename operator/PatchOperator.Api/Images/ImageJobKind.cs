using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What an image's Job is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageJobKind>))]
public enum ImageJobKind
{
    Build,
    Scan,
}
