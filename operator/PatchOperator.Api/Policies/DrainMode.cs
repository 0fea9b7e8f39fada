using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>When pods are moved off a node before it is touched.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DrainMode>))]
public enum DrainMode
{
    WhenRebooting,
    Always,
    Never,
}
