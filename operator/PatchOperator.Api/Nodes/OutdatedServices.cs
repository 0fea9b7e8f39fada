namespace PatchOperator.Api;

/// <summary>The services of a node that run code which was replaced, until they are restarted or the node is.</summary>
public sealed record OutdatedServices
{
    public int Count { get; init; }

    /// <summary>Their units, in order, at most twenty; none where only the summary of a report could be read.</summary>
    public List<string> Names { get; init; } = [];
}
