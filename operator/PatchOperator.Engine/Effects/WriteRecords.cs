using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>
/// Write records of a run, one after the other, as each names the one before: those that have a version as they were at that version, the others anew. One
/// that is there already as it is to be is written.
/// </summary>
public sealed record WriteRecords(IReadOnlyList<PatchRecord> Records) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"write PatchRecord {Records[0].Metadata.Name}";
}
