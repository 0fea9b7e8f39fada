namespace PatchOperator.Api;

/// <summary>The plan of a run.</summary>
public sealed record PlanReference
{
    /// <summary>No plan.</summary>
    public static PlanReference None { get; } = new();

    /// <summary>The name of the PatchPlan.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// <c>sha256:</c> and the hash, in hexadecimal, of the plan's spec in its canonical form: JSON with sorted names and without white space.
    /// </summary>
    public string Digest { get; init; } = "";
}
