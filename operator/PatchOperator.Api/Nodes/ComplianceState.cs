using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<ComplianceState>))]
public enum ComplianceState
{
    Unknown,
    Compliant,
    NonCompliant,
    PendingReboot,
    Failed,
}
