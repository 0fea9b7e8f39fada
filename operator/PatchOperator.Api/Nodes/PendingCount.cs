namespace PatchOperator.Api;

public sealed record PendingCount
{
    public int Security { get; init; }

    public int Total { get; init; }

    public int Held { get; init; }
}
