using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Records;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Records;

/// <summary>Short ways to say what a test of records is given.</summary>
internal static class GivenRecords
{
    public static readonly string Level = new('a', 64);

    public static ChangedPackage OpenSsl { get; } = new() { Name = "openssl", From = "3.0.16-1~deb12u1", To = "3.0.17-1~deb12u2" };

    /// <summary>All that is known of a turn that went well.</summary>
    public static OperationRecord Turn { get; } = new()
    {
        Run = "workers-20261120",
        RunUid = RunUid,
        Result = OperationResult.Succeeded,
        Reason = Reasons.OperationSucceeded,
        Message = "1 packages changed, rebooted, verified",
        StartedAt = Noon.AddMinutes(-20),
        DrainedAt = Noon.AddMinutes(-18),
        PatchedAt = Noon.AddMinutes(-15),
        RebootedAt = Noon.AddMinutes(-12),
        FinishedAt = Noon.AddMinutes(-10),
        Attempts = 1,
        BootIdBefore = "7f5b3c1e-6a0d-4b2f-9d55-0f2b6a9d1c01",
        BootIdAfter = "0c9e7a44-52f1-4f0e-8d0b-3a1f0e6b7d02",
        PatchLevelBefore = Level,
        PatchLevelAfter = new string('b', 64),
        Changed = [OpenSsl],
    };

    public static EndedTurn Ended(string node, OperationRecord? turn) => new(
        new RunNode { Name = node, Uid = $"uid-{node}" },
        turn is null ? null : new NodePatch { Metadata = new V1ObjectMeta { Name = node }, Status = new NodePatchStatus { LastOperation = turn } });

    public static IReadOnlyList<EndedTurn> Ended(int count, Func<int, OperationRecord> turn) =>
        [.. Enumerable.Range(1, count).Select(number => Ended($"worker-{number:D5}.example.com", turn(number)))];

    /// <summary>As the caches know them once they are written: with a version.</summary>
    public static RecordsOfRun Known(params IEnumerable<PatchRecord> records) => new(
    [
        .. records.Select(record => RecordEntry.Of(new PatchRecord
        {
            Metadata = new V1ObjectMeta
            {
                Name = record.Metadata.Name, ResourceVersion = "7", Labels = record.Metadata.Labels, OwnerReferences = record.Metadata.OwnerReferences,
            },
            Spec = k8s.KubernetesJson.Deserialize<PatchRecordSpec>(k8s.KubernetesJson.Serialize(record.Spec)),
        })),
    ]);

    /// <summary>What is decided where these turns have ended.</summary>
    public static Recording Decide(PatchRun run, RecordsOfRun known, IReadOnlyList<EndedTurn> ended, bool over, DateTimeOffset now) =>
        Recording.Of(run, known, [.. ended.Where(turn => !known.Has(turn.Node.Uid))], over, now);

    /// <summary>The records of a decision; none where it writes none.</summary>
    public static IReadOnlyList<PatchRecord> Records(this Recording recording) => recording.Effects.SingleOrDefault() is WriteRecords written ? written.Records : [];
}
