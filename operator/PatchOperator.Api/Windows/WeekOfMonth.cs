using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Which of a month's days of one name is meant.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeekOfMonth>))]
public enum WeekOfMonth
{
    First,
    Second,
    Third,
    Fourth,
    Last,
}
