using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Which updates the build installs over what the source has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageUpdates>))]
public enum ImageUpdates
{
    All,
    SecurityOnly,
    None,
}
