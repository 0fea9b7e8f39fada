namespace PatchOperator.Api;

public sealed record NextWindow
{
    public string Name { get; init; } = "";

    public DateTimeOffset OpensAt { get; init; }
}
