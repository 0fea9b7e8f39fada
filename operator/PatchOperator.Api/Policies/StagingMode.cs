using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>When a node downloads what its turn installs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StagingMode>))]
public enum StagingMode
{
    /// <summary>As it installs it, when its pods are gone.</summary>
    Never,

    /// <summary>At the beginning of its turn, while its pods still run.</summary>
    InWindow,

    /// <summary>As soon as a scan has found what is approved, and what came later at the beginning of its turn.</summary>
    BeforeWindow,
}
