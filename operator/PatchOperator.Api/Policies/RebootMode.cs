using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<RebootMode>))]
public enum RebootMode
{
    IfRequired,
    Always,
    Never,
}
