namespace PatchOperator.Api;

/// <summary>How many nodes a run has, by how far they are.</summary>
public sealed record RunProgress
{
    public int Total { get; init; }

    public int Pending { get; init; }

    public int InProgress { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    /// <summary>Done of total, as in <c>2/3</c>.</summary>
    public string Summary { get; init; } = "";
}
