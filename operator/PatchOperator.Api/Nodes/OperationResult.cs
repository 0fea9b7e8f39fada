using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>How an operation on a node ended, or that it has not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationResult>))]
public enum OperationResult
{
    InProgress,
    Succeeded,
    Failed,
    Cancelled,
    Skipped,
}
