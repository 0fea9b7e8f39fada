using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of kernels of a node that nothing needs any more.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OldKernels>))]
public enum OldKernels
{
    /// <summary>They stay, but for what the system removes by itself.</summary>
    Keep,

    /// <summary>They are removed in the node's turn, before anything is installed: never the one that runs.</summary>
    Remove,
}
