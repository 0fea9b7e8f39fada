namespace PatchOperator.Api;

/// <summary>Why a node is not known to be as the others of its policy are, and since when.</summary>
public sealed record NodeQuarantine
{
    /// <summary>Why, as one word.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public string Message { get; init; } = "";

    /// <summary>Since when. Only what was found out by a Job that was made later can end it.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the node was found to be as it should; absent before. What is left is to take the taint off.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }
}
