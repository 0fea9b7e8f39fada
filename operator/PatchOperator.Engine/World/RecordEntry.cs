using PatchOperator.Api;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.World;

/// <summary>What is kept of a PatchRecord: whom it is about, and the whole of it only for as long as nodes are added.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">The name of the run that it is of.</param>
/// <param name="RunUid">The UID of that run.</param>
/// <param name="Number">Which of the run's records it is, from 1.</param>
/// <param name="Digest">Of its spec, as it is now: see <see cref="CanonicalJson"/>.</param>
/// <param name="Nodes">The nodes in it.</param>
/// <param name="Open">The record, while it is not complete; else null.</param>
public sealed record RecordEntry(
    string Name, string Run, string RunUid, int Number, string Digest, IReadOnlyList<RunNode> Nodes, PatchRecord? Open)
{
    /// <summary>That of a record.</summary>
    public static RecordEntry Of(PatchRecord record) => new(
        record.Metadata.Name,
        record.Spec.Run.Name,
        record.Spec.Run.Uid,
        record.Spec.Number,
        CanonicalJson.Digest(record.Spec),
        [.. record.Spec.Nodes.Select(node => new RunNode { Name = node.Name, Uid = node.Uid })],
        record.Spec.Complete ? null : record);
}
