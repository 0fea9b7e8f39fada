using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<OperationStep>))]
public enum OperationStep
{
    Scan,
    Drain,
    Patch,
    Reboot,
    Verify,
}
