using System.Globalization;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Specs;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Records;

/// <summary>What is to be written down now of what a run has done.</summary>
/// <param name="Effects">The records to write; at most one effect.</param>
/// <param name="Summary">What the run's status tells of its records once they are written.</param>
/// <param name="Later">When the next is written though nothing changes, in UTC; null when nothing waits.</param>
internal sealed record Recording(IReadOnlyList<WriteRecords> Effects, RunRecords? Summary, DateTimeOffset? Later)
{
    /// <summary>How long a node that is done waits for others, so that they are written together.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    /// <param name="run">The run.</param>
    /// <param name="known">What is recorded of it so far.</param>
    /// <param name="unrecorded">Its nodes whose turn is over, and those that are gone, as far as they are in none of them.</param>
    /// <param name="over">Whether this is the end of it: then nothing waits, and the last record is complete.</param>
    /// <param name="now">The time, in UTC.</param>
    public static Recording Of(PatchRun run, RecordsOfRun known, IReadOnlyList<EndedTurn> unrecorded, bool over, DateTimeOffset now)
    {
        // The records of a run that is being deleted go with it.
        if (run.Metadata.DeletionTimestamp is not null)
            return new Recording([], known.Summary, null);
        var open = known.Last?.Open;
        var due = unrecorded.Min(turn => turn.At) + Pace;
        var room = Limits.RecordedNodes - (open?.Spec.Nodes.Count ?? 0);
        if (over ? unrecorded.Count == 0 && open is null : unrecorded.Count < room && !(due <= now))
            return new Recording([], known.Summary, due);

        var entries = unrecorded.OrderBy(turn => turn.At ?? now).Select(turn => NodeEntry.Of(run.Metadata.Uid, turn));
        var written = Write(run, known.Last, [.. entries], over).ToList();
        return new Recording([new WriteRecords(written)], known.With(written).Summary, null);
    }

    private static IEnumerable<PatchRecord> Write(PatchRun run, RecordEntry? last, IReadOnlyList<NodeEntry> entries, bool over)
    {
        var open = last?.Open;
        var draft = open is null ? null : new RecordDraft(open.Spec);
        var (number, previous) = (last?.Number ?? 0, last?.Digest);
        foreach (var entry in entries)
        {
            if (draft?.TryAdd(entry) == true)
                continue;
            if (draft is not null)
            {
                var full = ARecord(run, draft.ToSpec(complete: true), open);
                yield return full;
                (open, previous) = (null, CanonicalJson.Digest(full.Spec));
            }

            draft = new RecordDraft(new PatchRecordSpec
            {
                Run = new RunReference { Name = run.Metadata.Name, Uid = run.Metadata.Uid },
                Number = ++number,
                Previous = previous,
            });
            draft.TryAdd(entry);
        }

        yield return ARecord(run, draft!.ToSpec(complete: over || draft.Room == 0), open);
    }

    // The UID is in the name, as another run may have had that of this one before, and its records may still be there.
    private static PatchRecord ARecord(PatchRun run, PatchRecordSpec spec, PatchRecord? before) => new()
    {
        Spec = spec,
        Metadata = before?.Metadata ?? new V1ObjectMeta
        {
            Name = $"{run.Metadata.Name}-{JobName.Hash(run.Metadata.Uid)[..5]}-{spec.Number.ToString("D4", CultureInfo.InvariantCulture)}",
            Labels = new Dictionary<string, string>
            {
                [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy,
                [ApiGroup.PolicyLabel] = run.Spec.Policy.Name,
                [ApiGroup.RunLabel] = run.Metadata.Name,
            },
            OwnerReferences =
            [
                new V1OwnerReference
                {
                    ApiVersion = ApiGroup.GroupVersion, Kind = PatchRun.KindName, Name = run.Metadata.Name, Uid = run.Metadata.Uid, Controller = true,
                },
            ],
        },
    };
}
