using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Where a run stands; the last four are for ever.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunPhase>))]
public enum RunPhase
{
    Running,
    WaitingForWindow,
    Halted,
    Succeeded,
    Failed,
    Cancelled,
    Superseded,
}
