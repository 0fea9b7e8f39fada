using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What became of a node in a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordedResult>))]
public enum RecordedResult
{
    /// <summary>Patched and verified.</summary>
    Succeeded,

    /// <summary>A step failed.</summary>
    Failed,

    /// <summary>The turn was withdrawn, and the node restored.</summary>
    Cancelled,

    /// <summary>The node was given back before all was done, which is no failure, or was gone before its turn had ended.</summary>
    Skipped,
}
