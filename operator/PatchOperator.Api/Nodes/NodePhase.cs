using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<NodePhase>))]
public enum NodePhase
{
    Idle,
    Draining,
    Patching,
    Rebooting,
    Verifying,
    Failed,
}
