using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Whose clocks a window goes by: those of its own zone, at one instant for all nodes, or those of each node.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowTiming>))]
public enum WindowTiming
{
    Absolute,
    NodeLocal,
}
