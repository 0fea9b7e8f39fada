using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What the openings of a window are for: they let nodes be patched, or they keep the windows of policies closed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowEffect>))]
public enum WindowEffect
{
    Allow,
    Blackout,
}
