using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<OperationResult>))]
public enum OperationResult
{
    InProgress,
    Succeeded,
    Failed,
    Cancelled,
}
