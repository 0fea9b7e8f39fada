namespace PatchOperator.Api;

/// <summary>An opening of a window, from its start until its end.</summary>
public sealed record WindowOpening
{
    public DateTimeOffset OpensAt { get; init; }

    public DateTimeOffset ClosesAt { get; init; }
}
