using System.Text.Json.Serialization;

namespace PatchOperator.Api;

[JsonConverter(typeof(JsonStringEnumConverter<UpdateClassification>))]
public enum UpdateClassification
{
    Security,
    All,
}
