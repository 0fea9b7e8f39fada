namespace PatchOperator.Api;

/// <summary>A shell script of the recipe, run by <c>/bin/sh -e</c> in the image's root.</summary>
public sealed record ImageScript
{
    public string Name { get; init; } = "";

    public string Run { get; init; } = "";
}
