using PatchOperator.Api;

namespace PatchOperator.Cli.Previews;

/// <summary>What a policy would do.</summary>
internal sealed record PolicyPreview
{
    /// <summary>The policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>How many nodes it has.</summary>
    public required int Matched { get; init; }

    /// <summary>What would happen now, or what keeps it from happening, in words.</summary>
    public required string Now { get; init; }

    /// <summary>Whether a run begins by itself (Automatic), or once a person has approved its plan (Manual).</summary>
    public required string Approval { get; init; }

    /// <summary>How many of its nodes may be unavailable at once.</summary>
    public required int AtOnce { get; init; }

    /// <summary>How long a node's turn is taken to last, such as <c>15m</c>.</summary>
    public required string TimePerNode { get; init; }

    /// <summary>Where that is from, in words.</summary>
    public required string TimePerNodeSource { get; init; }

    /// <summary>When its first node begins at the earliest, RFC 3339, in UTC; null where none does.</summary>
    public string? StartsAt => Nodes.Min(node => node.StartsAt);

    /// <summary>When its last node could be done, RFC 3339, in UTC; null where none begins.</summary>
    public string? EndsAt => Nodes.Max(node => node.EndsAt);

    /// <summary>What is taken for granted, in words.</summary>
    public required IReadOnlyList<string> Assumed { get; init; }

    /// <summary>The waves that have nodes, in order; empty where the policy has none.</summary>
    public required IReadOnlyList<WavePreview> Waves { get; init; }

    /// <summary>The nodes in the order of the plan, then those that are in none.</summary>
    public required IReadOnlyList<NodePreview> Nodes { get; init; }

    /// <summary>The updates of the plan, as far as they are known.</summary>
    public required IReadOnlyList<RunUpdate> Updates { get; init; }

    /// <summary>All of it, for people.</summary>
    public string Text() => $"""
        PatchPolicy {Policy}: {Nodes.Count} of its {Matched} nodes need patching{(Updates.Count > 0 ? $", {Updates.Count} updates" : "")}{Removals()}
        now:         {Now}
        at once:     {AtOnce} unavailable at most
        each takes:  {TimePerNode}, {TimePerNodeSource}
        in all:      {(Nodes.Any(node => node.Turn is not null) ? $"{Span()} UTC" : "no node begins")}
        if:          {string.Join("; ", Assumed)}
        {Table(WavePreview.Head, Waves.Select(wave => wave.Cells()))}{Table(NodePreview.Head, Nodes.Select(node => node.Cells()))}
        """;

    private string Removals() => Updates.SelectMany(update => update.Removes ?? []).Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } names
        ? $", which remove {string.Join(", ", names)}"
        : "";

    private string Span()
    {
        var turns = Nodes.Select(node => node.Turn).OfType<Turn>().ToList();
        return $"{Times.Utc(turns.Min(turn => turn.StartsAt))} to {Times.Utc(turns.Max(turn => turn.EndsAt))}";
    }

    // An empty line is before each.
    private static string Table(string[] head, IEnumerable<string[]> rows) =>
        rows.ToList() is { Count: > 0 } some ? "\n" + Cli.Table.Write([head, .. some]) : "";
}
