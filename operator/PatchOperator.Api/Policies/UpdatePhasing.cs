using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of an update that its maker gives to a share of all hosts first, as Ubuntu does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdatePhasing>))]
public enum UpdatePhasing
{
    /// <summary>It is pending where it is this node's turn; a run that has it brings it to all of its nodes.</summary>
    Respect,

    /// <summary>It is pending everywhere at once.</summary>
    Ignore,
}
