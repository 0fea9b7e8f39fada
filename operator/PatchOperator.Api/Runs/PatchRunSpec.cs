using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>
/// What is frozen when the run is made, or planned, and what people say to it: <see cref="Approvals"/>, <see cref="Paused"/>, <see cref="Cancelled"/>.
/// </summary>
public sealed record PatchRunSpec
{
    public PolicyReference Policy { get; init; } = new();

    /// <summary>The window whose opening started the run; null where it is bound to none.</summary>
    public string? Window { get; init; }

    /// <summary>When that window opened.</summary>
    public DateTimeOffset? WindowOpenedAt { get; init; }

    /// <summary>With the timing NodeLocal the local date of that opening, such as <c>2026-11-20</c>: the same in all zones; else null.</summary>
    public string? WindowDay { get; init; }

    public RunTrigger Trigger { get; init; }

    /// <summary>What a person asks for, with the trigger Emergency; else null.</summary>
    public RunEmergency? Emergency { get; init; }

    /// <summary>What a person asks to be undone, with the trigger Rollback; else null.</summary>
    public RunRollback? Rollback { get; init; }

    /// <summary>What is to be done, frozen; null where a person has made the run, and the operator has not planned it yet.</summary>
    [JsonPropertyName("plan")]
    public PlanReference? Planned { get; init; }

    /// <summary>The same; without names where there is none.</summary>
    [JsonIgnore]
    public PlanReference Plan
    {
        get => Planned ?? PlanReference.None;
        init => Planned = value;
    }

    /// <summary>Who has approved what; only ever added to.</summary>
    public List<RunApproval> Approvals { get; init; } = [];

    /// <summary>Whether no further node begins for now; those in flight finish.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether a person has given the run up; it cannot be taken back.</summary>
    public bool Cancelled { get; init; }
}
