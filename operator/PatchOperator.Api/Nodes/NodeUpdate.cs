namespace PatchOperator.Api;

public sealed record NodeUpdate
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";
}
