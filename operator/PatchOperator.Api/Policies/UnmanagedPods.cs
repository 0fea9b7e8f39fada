using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of pods that no controller owns, when their node is drained.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnmanagedPods>))]
public enum UnmanagedPods
{
    /// <summary>They keep it from being drained.</summary>
    Block,

    /// <summary>They are evicted like others, and are gone for good.</summary>
    Delete,
}
