using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Why an image is built.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuildTrigger>))]
public enum BuildTrigger
{
    /// <summary>There is none yet.</summary>
    Initial,

    /// <summary>Source, recipe, builder, output or tests were changed.</summary>
    SpecChanged,

    /// <summary>A person asked.</summary>
    Manual,

    /// <summary>The current image was revoked.</summary>
    Revoked,

    /// <summary>A run has installed updates on nodes that the image lacks.</summary>
    LiveDrift,

    /// <summary>Updates are pending in the image.</summary>
    PendingUpdates,

    /// <summary>The schedule's time came.</summary>
    Schedule,

    /// <summary>A window opened.</summary>
    Window,

    /// <summary>The image grew too old.</summary>
    MaxAge,
}
