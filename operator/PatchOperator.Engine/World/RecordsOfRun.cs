using PatchOperator.Api;

namespace PatchOperator.Engine.World;

/// <summary>The records of one run: which of its nodes are in them.</summary>
/// <param name="records">In no order.</param>
public sealed class RecordsOfRun(IReadOnlyList<RecordEntry> records)
{
    // A run that is over is never asked.
    private readonly Lazy<HashSet<string>> uids = new(() => [.. records.SelectMany(record => record.Nodes).Select(node => node.Uid)]);

    /// <summary>Of a run that has none.</summary>
    public static RecordsOfRun None { get; } = new([]);

    /// <summary>The one with the highest number; null when there is none.</summary>
    public RecordEntry? Last => records.MaxBy(record => record.Number);

    /// <summary>What a run's status tells of them; null when there is none.</summary>
    public RunRecords? Summary =>
        Last is null ? null : new RunRecords { Count = records.Count, Nodes = records.Sum(record => record.Nodes.Count), Digest = Last.Digest };

    /// <summary>What they are once others have been written.</summary>
    public RecordsOfRun With(IReadOnlyList<PatchRecord> written)
    {
        var after = written.Select(RecordEntry.Of).ToList();
        return new RecordsOfRun([.. records.ExceptBy(after.Select(record => record.Name), record => record.Name), .. after]);
    }

    /// <summary>Whether the node with this UID is in one of them.</summary>
    public bool Has(string nodeUid) => uids.Value.Contains(nodeUid);
}
