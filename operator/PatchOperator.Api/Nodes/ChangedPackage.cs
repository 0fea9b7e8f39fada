namespace PatchOperator.Api;

public sealed record ChangedPackage
{
    public string Name { get; init; } = "";

    public string? From { get; init; }

    public string? To { get; init; }
}
