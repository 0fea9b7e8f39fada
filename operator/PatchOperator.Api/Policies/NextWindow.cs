namespace PatchOperator.Api;

/// <summary>The next opening of any of a policy's windows.</summary>
public sealed record NextWindow
{
    public string Name { get; init; } = "";

    public DateTimeOffset OpensAt { get; init; }
}
