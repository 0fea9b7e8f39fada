using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Where a node is in its operation; <c>Idle</c> between two.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodePhase>))]
public enum NodePhase
{
    Idle,
    Staging,
    Draining,
    Patching,
    Rebooting,
    Verifying,
    RunningHook,
    RollingBack,
    Failed,
}
