namespace PatchOperator.Api;

/// <summary>An update that a node got at another version than its run had planned, as <see cref="UpdateFreeze"/> allows.</summary>
public sealed record SubstitutedVersion
{
    public string Name { get; init; } = "";

    public string Planned { get; init; } = "";

    public string Installed { get; init; } = "";
}
