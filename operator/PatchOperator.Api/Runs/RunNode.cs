namespace PatchOperator.Api;

public sealed record RunNode
{
    public string Name { get; init; } = "";

    public string Uid { get; init; } = "";
}
