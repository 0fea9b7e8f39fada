using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Which of the two is meant where the local time of a start comes twice, as clocks are set back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepeatedStart>))]
public enum RepeatedStart
{
    First,
    Second,
}
