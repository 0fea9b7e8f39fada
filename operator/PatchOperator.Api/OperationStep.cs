using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>A step of what is done on a node, in the order of an operation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationStep>))]
public enum OperationStep
{
    Scan,
    Stage,
    BeforeDrain,
    Drain,
    Patch,
    AfterPatch,
    Reboot,
    Verify,
    AfterUncordon,
    Rollback,
}
