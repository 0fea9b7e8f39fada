using System.Collections.Immutable;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.World;

/// <summary>The nodes of one policy, with what is counted of them.</summary>
public sealed record PolicyNodes
{
    /// <summary>No node.</summary>
    public static PolicyNodes None { get; } = new();

    /// <summary>The nodes that belong to it, by name.</summary>
    public ImmutableSortedDictionary<string, NodeView> Members { get; init; } = ImmutableSortedDictionary.Create<string, NodeView>(StringComparer.Ordinal);

    /// <summary>How many of them are where.</summary>
    public ImmutableDictionary<NodePlace, int> Places { get; init; } = ImmutableDictionary<NodePlace, int>.Empty;

    /// <summary>How many of them are unavailable, whoever made them so.</summary>
    public int Unavailable { get; init; }

    /// <summary>How many nodes match its selector but belong to another policy.</summary>
    public int ClaimedByOthers { get; init; }

    /// <summary>The same with a node more at a place, or less.</summary>
    internal PolicyNodes Counting(NodePlace place, int by) =>
        this with { Places = Places.GetValueOrDefault(place) + by is var count and > 0 ? Places.SetItem(place, count) : Places.Remove(place) };
}
