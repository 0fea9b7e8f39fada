using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of pods with an emptyDir, when their node is drained.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmptyDirPods>))]
public enum EmptyDirPods
{
    /// <summary>They are evicted like others; what their emptyDir holds is lost.</summary>
    Allow,

    /// <summary>They keep it from being drained.</summary>
    Block,
}
