using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of a built image in which the gate finds something.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateAction>))]
public enum GateAction
{
    /// <summary>The image is rejected.</summary>
    Fail,

    /// <summary>The image is promoted nonetheless; the finding is reported.</summary>
    Report,
}
