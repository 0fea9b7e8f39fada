using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Which updates a policy approves: those of security archives, or all.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdateClassification>))]
public enum UpdateClassification
{
    Security,
    All,
}
