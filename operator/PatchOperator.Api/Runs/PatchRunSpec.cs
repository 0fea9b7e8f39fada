namespace PatchOperator.Api;

/// <summary>Frozen when the run is made.</summary>
public sealed record PatchRunSpec
{
    public PolicyReference Policy { get; init; } = new();

    /// <summary>The window whose opening started the run.</summary>
    public string Window { get; init; } = "";

    /// <summary>When that window opened.</summary>
    public DateTimeOffset WindowOpenedAt { get; init; }

    public RunTrigger Trigger { get; init; }

    /// <summary>What is to be done, frozen.</summary>
    public PlanReference Plan { get; init; } = new();
}
