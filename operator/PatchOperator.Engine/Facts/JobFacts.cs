namespace PatchOperator.Engine.Facts;

/// <summary>What the engine needs to know of one of our Jobs and its pod.</summary>
public sealed record JobFacts
{
    public required string Name { get; init; }

    /// <summary>The Job's UID.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Succeeded or failed, as the Job's conditions say, or overdue.</summary>
    public bool Finished { get; init; }

    /// <summary>Whether it failed because it ran longer than it may.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether its time is over, and Kubernetes has not ended it: as long as it is there, it may still begin.</summary>
    public bool Overdue { get; init; }

    /// <summary>When it is to be looked at again though nobody tells anything of it, in UTC; null once it has finished.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>What keeps the pod from being made, or from starting, or how it ended, in words.</summary>
    public string? Problem { get; init; }

    /// <summary>The node's boot ID when the Job was made.</summary>
    public string? BootId { get; init; }

    /// <summary>The UID of the Job that owns it, and takes it along when it is deleted.</summary>
    public string? Owner { get; init; }

    /// <summary>The valid report; null while there is none.</summary>
    public StepReport? Report { get; init; }
}
