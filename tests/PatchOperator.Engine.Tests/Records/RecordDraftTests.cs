using System.Text;
using PatchOperator.Api;
using PatchOperator.Engine.Records;
using PatchOperator.Engine.Specs;
using static PatchOperator.Engine.Tests.Records.GivenRecords;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Records;

public class RecordDraftTests
{
    private static readonly PatchRecordSpec Empty = new()
    {
        Run = new RunReference { Name = "production-workers-security-20261120", Uid = RunUid },
        Number = 17,
        Previous = $"sha256:{Level}",
    };

    [Fact]
    public void Two_hundred_equal_nodes_have_room_and_share_what_was_changed_on_them()
    {
        var draft = new RecordDraft(Empty);

        var taken = Ended(201, _ => Turn with { Changed = Changes(100, "a") }).TakeWhile(turn => draft.TryAdd(NodeEntry.Of(RunUid, turn))).Count();

        var spec = draft.ToSpec(complete: true);
        Assert.Equal((200, 0), (taken, draft.Room));
        Assert.Equal(100, Assert.Single(spec.Changes).Packages.Count);
        Assert.All(spec.Nodes, node => Assert.Equal(0, node.Change));
        Assert.InRange(Size(spec), 50_000, RecordDraft.MaxBytes);
    }

    /// <summary>No message, no name and no list of packages makes an object of etcd too large.</summary>
    [Fact]
    public void A_record_is_full_before_it_is_too_large()
    {
        var draft = new RecordDraft(Empty);

        var taken = Ended(200, number => Turn with { Changed = Changes(100, $"{number}") }).TakeWhile(turn => draft.TryAdd(NodeEntry.Of(RunUid, turn))).Count();

        Assert.InRange(taken, 2, 199);
        Assert.True(draft.Room > 0);
        Assert.InRange(Size(draft.ToSpec(complete: true)), RecordDraft.MaxBytes * 8 / 10, RecordDraft.MaxBytes);
    }

    [Fact]
    public void A_node_that_is_too_large_by_itself_has_a_record_of_its_own()
    {
        var draft = new RecordDraft(Empty);
        var huge = Changes(100, new string('x', 240)).ConvertAll(package => package with { From = new string('é', 256), To = new string('é', 256) });

        Assert.True(draft.TryAdd(NodeEntry.Of(RunUid, Ended("a", Turn with { Changed = huge }))));
        Assert.False(draft.TryAdd(NodeEntry.Of(RunUid, Ended("b", null))));
    }

    [Fact]
    public void Going_on_with_a_record_is_the_same_as_never_having_stopped()
    {
        var turns = Ended(50, number => Turn with { Changed = Changes(3, $"{number % 3}") });
        var (atOnce, draft) = (new RecordDraft(Empty), new RecordDraft(Empty));
        foreach (var turn in turns)
        {
            Assert.True(atOnce.TryAdd(NodeEntry.Of(RunUid, turn)));
            draft = new RecordDraft(k8s.KubernetesJson.Deserialize<PatchRecordSpec>(k8s.KubernetesJson.Serialize(draft.ToSpec(complete: false))));
            Assert.True(draft.TryAdd(NodeEntry.Of(RunUid, turn)));
        }

        Assert.Equal(3, draft.ToSpec(complete: false).Changes.Count);
        Assert.Equal(CanonicalJson.Of(atOnce.ToSpec(complete: true)), CanonicalJson.Of(draft.ToSpec(complete: true)));
    }

    private static List<ChangedPackage> Changes(int count, string of) =>
        [.. Enumerable.Range(1, count).Select(number => new ChangedPackage { Name = $"package-{of}-{number}", From = "1:2.3.4-5+deb12u6", To = "1:2.3.4-5+deb12u7" })];

    private static int Size(PatchRecordSpec spec) => Encoding.UTF8.GetByteCount(CanonicalJson.Of(spec));
}
