using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>How bad the defect is that an update mends, in the words that makers of rpm distributions share; in the order of what is worse.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UpdateSeverity>))]
public enum UpdateSeverity
{
    Low,
    Moderate,
    Important,
    Critical,
}
