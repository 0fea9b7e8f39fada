using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>When a node is rebooted after its updates.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RebootMode>))]
public enum RebootMode
{
    IfRequired,
    Always,
    Never,
}
