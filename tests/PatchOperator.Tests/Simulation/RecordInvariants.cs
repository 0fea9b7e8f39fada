using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Tests.Simulation;

/// <summary>What must hold of the records of runs.</summary>
internal sealed class RecordInvariants(ObjectStore store)
{
    private readonly Dictionary<(string RunUid, string NodeUid), RecordedResult> ended = [];

    /// <summary>The rules for a write of a record.</summary>
    public IEnumerable<Func<Change, string?>> OfRecord => [ACompleteRecordStaysAsItIs, ARecordOnlyGrows, ANodeIsRecordedOnce];

    /// <summary>The rules for a write of a run.</summary>
    public IEnumerable<Func<Change, string?>> OfRun => [ARunThatIsOverHasRecordedEachTurn, TheRecordsOfARunAreAChain];

    /// <summary>Takes down whose turn has ended, and how.</summary>
    public void Follow(Change change)
    {
        if (change.After?.As<NodePatch>() is not { Status.LastOperation: { } last } patch)
            return;
        var turn = (last.RunUid, patch.Metadata.OwnerReferences[0].Uid);
        if (last.Result == OperationResult.Succeeded)
            ended[turn] = RecordedResult.Succeeded;
        if (last.Result == OperationResult.Skipped)
            ended[turn] = RecordedResult.Skipped;
        if (last.Result == OperationResult.Failed)
            ended[turn] = RecordedResult.Failed;
    }

    private static string? ACompleteRecordStaysAsItIs(Change change) =>
        change is { Before: { } before, After: { } after } && before.As<PatchRecord>().Spec is { Complete: true } was
        && CanonicalJson.Of(was) != CanonicalJson.Of(after.As<PatchRecord>().Spec) ? $"{after.Name} was complete" : null;

    private static string? ARecordOnlyGrows(Change change) =>
        change is { Before: { } before, After: { } after } && before.As<PatchRecord>().Spec is var was && after.As<PatchRecord>().Spec is var now
        && CanonicalJson.Of(was.Nodes) != CanonicalJson.Of(now.Nodes.Take(was.Nodes.Count)) ? $"{after.Name} has other nodes" : null;

    private string? ANodeIsRecordedOnce(Change change) =>
        change.After?.As<PatchRecord>().Spec is { } spec
        && RecordsOf(spec.Run.Uid).SelectMany(record => record.Nodes).GroupBy(node => node.Uid).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"{twice.First().Name} is in the records of {spec.Run.Name} {twice.Count()} times" : null;

    private string? ARunThatIsOverHasRecordedEachTurn(Change change)
    {
        if (Over(change) is not { } run)
            return null;
        var recorded = RecordsOf(run.Metadata.Uid).SelectMany(record => record.Nodes).ToDictionary(node => node.Uid, node => node.Result);
        foreach (var ((_, node), result) in ended.Where(turn => turn.Key.RunUid == run.Metadata.Uid))
            if (!recorded.TryGetValue(node, out var found) || found != result)
                return $"{node} has {result} in {run.Metadata.Name}, and its records say {(recorded.ContainsKey(node) ? found : "nothing")}";
        return null;
    }

    private string? TheRecordsOfARunAreAChain(Change change)
    {
        if (Over(change) is not { } run)
            return null;
        var records = RecordsOf(run.Metadata.Uid).OrderBy(record => record.Number).ToList();
        string? previous = null;
        for (var index = 0; index < records.Count; index++)
        {
            if ((records[index].Number, records[index].Complete, records[index].Previous) != (index + 1, true, previous))
                return $"record {records[index].Number} of {run.Metadata.Name} does not follow the one before";
            previous = CanonicalJson.Digest(records[index]);
        }

        var told = run.Status.Records;
        return (told?.Count ?? 0, told?.Nodes ?? 0, told?.Digest) == (records.Count, records.Sum(record => record.Nodes.Count), previous) ? null : $"{run.Metadata.Name} tells of {told}";
    }

    private static PatchRun? Over(Change change) =>
        change.After?.As<PatchRun>() is { Metadata.DeletionTimestamp: null } run && RunPhases.IsTerminal(run.Status.Phase) ? run : null;

    private IEnumerable<PatchRecordSpec> RecordsOf(string runUid) => store.All<PatchRecord>().Select(record => record.Spec).Where(spec => spec.Run.Uid == runUid);
}
