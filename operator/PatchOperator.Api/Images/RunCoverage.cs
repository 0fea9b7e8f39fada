using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>A run on nodes, and how much of what it installed the newest image lacks.</summary>
public sealed record RunCoverage
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    /// <summary>The image that was looked into; absent: none yet.</summary>
    public string? Digest { get; init; }

    /// <summary>Whether its updates are more than a Job can be asked for, so that they are not looked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TooLarge { get; init; }

    /// <summary>How many of the run's updates it lacks.</summary>
    public int Missing { get; init; }

    /// <summary>Some of them, at most five.</summary>
    public List<string> Names { get; init; } = [];

    /// <summary>Whether the current image is known to have everything that the run has installed.</summary>
    public bool InCurrent { get; init; }
}
