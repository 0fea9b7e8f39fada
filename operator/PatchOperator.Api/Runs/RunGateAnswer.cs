using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What a rule of a rollout says; one that lets nodes pass is not listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunGateAnswer>))]
public enum RunGateAnswer
{
    /// <summary>No node is admitted for now.</summary>
    NotYet,

    /// <summary>No node is admitted until a person acts.</summary>
    Halt,

    /// <summary>The run is over.</summary>
    End,
}
