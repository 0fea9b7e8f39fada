using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What a node gets whose archives do not offer a version that its run has planned.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdateFreeze>))]
public enum UpdateFreeze
{
    /// <summary>Nothing of it: exactly the planned version is installed, or none.</summary>
    Strict,

    /// <summary>A newer version, where it has replaced the planned one; an older one never.</summary>
    AtLeast,

    /// <summary>Whatever its own archives offer at the time, planned or not.</summary>
    None,
}
