using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Where a run stands; the last four are for ever.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunPhase>))]
public enum RunPhase
{
    PendingApproval,
    Running,
    Soaking,
    Paused,
    Halted,
    WaitingForWindow,
    Succeeded,
    Failed,
    Cancelled,
    Superseded,
}
