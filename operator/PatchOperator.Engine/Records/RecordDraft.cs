using System.Text;
using PatchOperator.Api;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.Records;

/// <summary>A record that nodes are added to.</summary>
internal sealed class RecordDraft
{
    /// <summary>The most bytes of a record, as canonical JSON.</summary>
    public const int MaxBytes = 100 * 1024;

    // Of what comes with each node and each change: a comma, and the position of the change.
    private const int Around = 16;

    private readonly PatchRecordSpec spec;
    private readonly List<RecordedNode> nodes;
    private readonly List<RecordedChange> changes;
    private readonly Dictionary<string, int> positions = [];
    private int bytes;

    /// <param name="spec">The record so far.</param>
    public RecordDraft(PatchRecordSpec spec)
    {
        (this.spec, nodes, changes) = (spec, [.. spec.Nodes], [.. spec.Changes]);
        for (var position = 0; position < changes.Count; position++)
            positions[CanonicalJson.Of(changes[position])] = position;
        bytes = Bytes(CanonicalJson.Of(spec));
    }

    /// <summary>How many more nodes it takes at most.</summary>
    public int Room => Limits.RecordedNodes - nodes.Count;

    /// <summary>Adds a node; false when there is no room for it. A record without nodes takes any.</summary>
    public bool TryAdd(NodeEntry entry)
    {
        var change = entry.Change is null ? null : CanonicalJson.Of(entry.Change);
        var isNew = change is not null && !positions.ContainsKey(change);
        var cost = Around + Bytes(CanonicalJson.Of(entry.Node)) + (isNew ? Around + Bytes(change!) : 0);
        if (Room == 0 || (nodes.Count > 0 && bytes + cost > MaxBytes))
            return false;
        if (isNew)
        {
            positions.Add(change!, changes.Count);
            changes.Add(entry.Change!);
        }

        nodes.Add(change is null ? entry.Node : entry.Node with { Change = positions[change] });
        bytes += cost;
        return true;
    }

    /// <summary>The record with what was added.</summary>
    public PatchRecordSpec ToSpec(bool complete) => spec with { Nodes = nodes, Changes = changes, Complete = complete };

    private static int Bytes(string json) => Encoding.UTF8.GetByteCount(json);
}
