using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<DrainMode>))]
public enum DrainMode
{
    WhenRebooting,
    Always,
    Never,
}
