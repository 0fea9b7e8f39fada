using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of a start whose local time a clock change skips: the window opens at the instant of the change, or not at all.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SkippedStart>))]
public enum SkippedStart
{
    ShiftForward,
    Skip,
}
