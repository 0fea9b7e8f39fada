using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What a health check says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunCheckState>))]
public enum RunCheckState
{
    /// <summary>All is well.</summary>
    Passing,

    /// <summary>Something is not well.</summary>
    Failing,

    /// <summary>It has failed for so long in a soak that the run has halted.</summary>
    Failed,

    /// <summary>It could not be found out, which holds nodes back as well.</summary>
    Unknown,
}
