using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>When a health check is asked, and what follows where it fails.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckTime>))]
public enum CheckTime
{
    /// <summary>Before the first node of a wave, or of a run without waves: none begins.</summary>
    BeforeWave,

    /// <summary>Before each node: no further one begins.</summary>
    BeforeNode,

    /// <summary>While a wave soaks: the run halts.</summary>
    Soak,
}
