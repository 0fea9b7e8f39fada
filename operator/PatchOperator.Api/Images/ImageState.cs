using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What an image of the history is good for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageState>))]
public enum ImageState
{
    /// <summary>The current image.</summary>
    Active,

    /// <summary>Was current before.</summary>
    Deprecated,

    /// <summary>Must not run any more.</summary>
    Revoked,
}
