namespace PatchOperator.Api;

/// <summary>How many updates are pending; those on hold are counted apart.</summary>
public sealed record PendingCount
{
    public int Security { get; init; }

    public int Total { get; init; }

    public int Held { get; init; }
}
