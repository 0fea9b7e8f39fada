using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Whether something begins by itself, or once a person has approved it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalMode>))]
public enum ApprovalMode
{
    Automatic,
    Manual,
}
