namespace PatchOperator.Api;

public sealed record ImageScript
{
    public string Name { get; init; } = "";

    public string Run { get; init; } = "";
}
