using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Updates that are not listed, and were first seen at the same time.</summary>
public sealed record SeenUpdates
{
    public DateTimeOffset At { get; init; }

    /// <summary>Whether they are security updates; absent where they are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Security { get; init; }

    /// <summary>The names of their packages.</summary>
    public List<string> Names { get; init; } = [];
}
