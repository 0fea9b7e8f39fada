using System.Text.Json.Serialization;

namespace PatchOperator.Api;

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
