namespace PatchOperator.Api;

/// <summary>Why images that are not needed any more are still in the repository. They are tried again after an hour.</summary>
public sealed record RetentionFailure
{
    /// <summary>When the registry refused.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What the registry said.</summary>
    public string Message { get; init; } = "";
}
