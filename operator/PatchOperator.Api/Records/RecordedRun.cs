namespace PatchOperator.Api;

/// <summary>The run that a record is of.</summary>
public sealed record RecordedRun
{
    /// <summary>The name of the PatchRun.</summary>
    public string Name { get; init; } = "";

    /// <summary>The UID of the PatchRun.</summary>
    public string Uid { get; init; } = "";
}
