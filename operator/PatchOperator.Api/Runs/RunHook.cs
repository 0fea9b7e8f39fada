namespace PatchOperator.Api;

/// <summary>A hook of a run, and how far it is.</summary>
public sealed record RunHook
{
    /// <summary><c>beforeRun</c> or <c>afterRun</c>.</summary>
    public string Name { get; init; } = "";

    public RunHookState State { get; init; }

    /// <summary>Its last Job.</summary>
    public string Job { get; init; } = "";

    /// <summary>The number of that Job, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>When that Job was made.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When its end was heard of; absent before that.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What is wrong with it, in words; absent while nothing is.</summary>
    public string? Message { get; init; }
}
