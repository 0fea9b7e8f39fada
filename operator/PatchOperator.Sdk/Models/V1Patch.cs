#nullable disable // as the package: no annotations

using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>A change to an object: JSON text, or an object that becomes JSON.</summary>
[JsonConverter(typeof(PatchConverter))]
public record V1Patch
{
    /// <summary>Makes a patch; its type must be set.</summary>
    public V1Patch(object body, PatchType type)
    {
        if (type == PatchType.Unknown)
            throw new ArgumentException("a patch needs a type", nameof(type));

        ArgumentNullException.ThrowIfNull(body);
        Content = body;
        Type = type;
    }

    /// <summary>How the API server reads a patch.</summary>
    public enum PatchType
    {
        /// <summary>Not set; refused.</summary>
        Unknown,

        /// <summary>A list of operations (RFC 6902).</summary>
        JsonPatch,

        /// <summary>A partial object (RFC 7386).</summary>
        MergePatch,

        /// <summary>A partial object whose lists are merged by key; built-in kinds only.</summary>
        StrategicMergePatch,

        /// <summary>Server-side apply.</summary>
        ApplyPatch,
    }

    /// <summary>The patch itself.</summary>
    [JsonPropertyName("content")]
    [JsonInclude]
    public object Content { get; private set; }

    /// <summary>How it is read.</summary>
    public PatchType Type { get; private set; }
}
