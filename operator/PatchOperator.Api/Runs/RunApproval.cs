namespace PatchOperator.Api;

/// <summary>A person's approval of a plan. It counts for the plan that it names, and for nothing else.</summary>
public sealed record RunApproval
{
    /// <summary>The digest of the plan that is approved; see <see cref="PlanReference.Digest"/>.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The wave of it that may begin; absent: the run as such.</summary>
    public string? Wave { get; init; }

    /// <summary>Who approves.</summary>
    public string By { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>When, as the approver says.</summary>
    public DateTimeOffset? At { get; init; }
}
