using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Which services of a node are restarted after its packages were changed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RestartServices>))]
public enum RestartServices
{
    /// <summary>None, but for what packages restart by themselves.</summary>
    Never,

    /// <summary>Those that run code which was replaced, unless the node is rebooted anyway.</summary>
    Affected,
}
