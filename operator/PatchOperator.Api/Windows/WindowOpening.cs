namespace PatchOperator.Api;

public sealed record WindowOpening
{
    public DateTimeOffset OpensAt { get; init; }

    public DateTimeOffset ClosesAt { get; init; }
}
