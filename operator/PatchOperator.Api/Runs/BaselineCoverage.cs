namespace PatchOperator.Api;

/// <summary>A baseline that names a run's policy, and how much it lacks of what the run installed.</summary>
public sealed record BaselineCoverage
{
    public string Name { get; init; } = "";

    /// <summary>Whether the baseline's current image has everything that the run installed.</summary>
    public bool UpToDate { get; init; }

    /// <summary>How many of the run's updates its newest image lacks; absent: no image has been looked into yet.</summary>
    public int? Missing { get; init; }

    public string Message { get; init; } = "";
}
