using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>How a node compares to what its policy says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComplianceState>))]
public enum ComplianceState
{
    Unknown,
    Compliant,
    NonCompliant,
    PendingReboot,
    Failed,
    Quarantined,

    /// <summary>It has nothing that could be patched.</summary>
    Exempt,
}
