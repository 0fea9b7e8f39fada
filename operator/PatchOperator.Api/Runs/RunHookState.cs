using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>How far a hook of a run is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunHookState>))]
public enum RunHookState
{
    Running,

    Succeeded,

    Failed,

    /// <summary>It has failed, and a person has let the run go on: it is run again.</summary>
    Pending,
}
