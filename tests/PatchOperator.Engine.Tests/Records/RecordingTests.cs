using PatchOperator.Api;
using PatchOperator.Engine.Specs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Records.GivenRecords;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Records;

public class RecordingTests
{
    private static readonly OperationRecord JustNow = Turn with { FinishedAt = Noon.AddSeconds(-10) };

    public static TheoryData<string, int, int, bool, bool, int?> Paces => new()
    {
        { "nothing has ended", 0, 0, false, false, null },
        { "nothing has ended, and nothing will", 0, 0, true, false, null },
        { "some have ended a moment ago: others may follow", 20, -10, false, false, 20 },
        { "the first has waited for long enough", 20, -30, false, true, null },
        { "those that have ended fill a record", 200, -10, false, true, null },
        { "the run is over", 1, 0, true, true, null },
    };

    [Theory, MemberData(nameof(Paces))]
    public void What_has_ended_is_written_down_in_batches(string what, int ended, int since, bool over, bool written, int? later)
    {
        var recording = Decide(ARun(), RecordsOfRun.None, Ended(ended, number => Turn with { FinishedAt = Noon.AddSeconds(number == 1 ? since : 0) }), over, Noon);

        Assert.True(written == recording.Records().Any(), what);
        Assert.Equal(later is { } seconds ? Noon.AddSeconds(seconds) : null, recording.Later);
    }

    /// <summary>Without room for them it would be rewritten for a few, and then again.</summary>
    [Fact]
    public void A_record_that_would_be_full_is_not_waited_for()
    {
        var known = Known(Decide(ARun(), RecordsOfRun.None, Ended(150, _ => Turn), over: false, Noon).Records());
        var more = Ended(200, number => number <= 150 ? Turn : JustNow);

        Assert.Empty(Decide(ARun(), known, [.. more.SkipLast(1)], over: false, Noon).Records());
        Assert.True(Assert.Single(Decide(ARun(), known, more, over: false, Noon).Records()).Spec.Complete);
    }

    [Fact]
    public void A_node_that_is_gone_is_recorded_with_the_next_or_at_the_end()
    {
        Assert.Empty(Decide(ARun(), RecordsOfRun.None, [Ended("a", null)], over: false, Noon).Records());

        foreach (var recording in new[]
        {
            Decide(ARun(), RecordsOfRun.None, [Ended("a", null), Ended("b", Turn)], over: false, Noon),
            Decide(ARun(), RecordsOfRun.None, [Ended("a", null)], over: true, Noon),
        })
            Assert.Contains(Assert.Single(recording.Records()).Spec.Nodes, node => node is { Name: "a", Reason: Reasons.NodeGone });
    }

    [Fact]
    public void Records_are_filled_one_after_the_other_and_each_names_the_digest_of_the_one_before()
    {
        var records = Decide(ARun(), RecordsOfRun.None, Ended(450, number => Turn with { FinishedAt = Noon.AddSeconds(-number) }), over: false, Noon).Records();

        Assert.Equal([200, 200, 50], records.Select(record => record.Spec.Nodes.Count));
        Assert.Equal([1, 2, 3], records.Select(record => record.Spec.Number));
        Assert.Equal([true, true, false], records.Select(record => record.Spec.Complete));
        Assert.Equal([null, CanonicalJson.Digest(records[0].Spec), CanonicalJson.Digest(records[1].Spec)], records.Select(record => record.Spec.Previous));
        // In the order in which they were done.
        Assert.Equal(("worker-00450.example.com", "worker-00001.example.com"), (records[0].Spec.Nodes[0].Name, records[2].Spec.Nodes[^1].Name));
    }

    [Fact]
    public void A_record_is_called_after_its_run_and_its_number_and_goes_with_its_run()
    {
        var records = Decide(ARun(), RecordsOfRun.None, Ended(201, _ => Turn), over: false, Noon).Records();

        var stem = $"workers-20261120-{JobName.Hash(RunUid)[..5]}";
        Assert.Equal([$"{stem}-0001", $"{stem}-0002"], records.Select(record => record.Metadata.Name));
        Assert.All(records, record =>
        {
            var owner = Assert.Single(record.Metadata.OwnerReferences);
            Assert.Equal((PatchRun.KindName, "workers-20261120", RunUid, true), (owner.Kind, owner.Name, owner.Uid, owner.Controller));
            Assert.Equal(("workers", "workers-20261120"), (record.Metadata.Labels[ApiGroup.PolicyLabel], record.Metadata.Labels[ApiGroup.RunLabel]));
            Assert.Equal(("workers-20261120", RunUid), (record.Spec.Run.Name, record.Spec.Run.Uid));
        });
        // Another run of the same name, made after this one was deleted, does not meet its records.
        var another = Decide(ARun(uid: "another"), RecordsOfRun.None, Ended(1, _ => Turn), over: true, Noon).Records();
        Assert.DoesNotContain(another[0].Metadata.Name, records.Select(record => record.Metadata.Name));
    }

    /// <summary>Whoever comes after a crash decides the same, and of what is written already decides nothing.</summary>
    [Fact]
    public void What_is_recorded_is_not_recorded_again()
    {
        var ended = Ended(450, _ => Turn);
        var first = Decide(ARun(), RecordsOfRun.None, ended, over: false, Noon);
        Assert.Equal(CanonicalJson.Of(first.Records().Select(record => record.Spec)), CanonicalJson.Of(Decide(ARun(), RecordsOfRun.None, ended, over: false, Noon).Records()
            .Select(record => record.Spec)));

        var again = Decide(ARun(), Known(first.Records()), ended, over: false, Noon);
        Assert.Empty(again.Records());
        Assert.Equal(first.Summary, again.Summary);

        // It has come as far as the first of three.
        var rest = Decide(ARun(), Known(first.Records().Take(1)), ended, over: false, Noon).Records();
        Assert.Equal(first.Records().Skip(1).Select(record => CanonicalJson.Digest(record.Spec)), rest.Select(record => CanonicalJson.Digest(record.Spec)));
    }

    [Fact]
    public void A_record_that_is_not_full_is_gone_on_with_at_its_version()
    {
        var known = Known(Decide(ARun(), RecordsOfRun.None, Ended(10, _ => Turn), over: false, Noon).Records());

        var record = Assert.Single(Decide(ARun(), known, Ended(12, _ => Turn), over: false, Noon).Records());

        Assert.Equal(("7", known.Last!.Name), (record.Metadata.ResourceVersion, record.Metadata.Name));
        Assert.Equal((12, 1, false), (record.Spec.Nodes.Count, record.Spec.Changes.Count, record.Spec.Complete));
        Assert.Equal(known.Last.Open!.Spec.Nodes, record.Spec.Nodes.Take(10));
    }

    [Fact]
    public void With_the_run_the_last_record_is_complete_and_never_touched_again()
    {
        var ended = Ended(10, _ => Turn);
        var open = Known(Decide(ARun(), RecordsOfRun.None, ended, over: false, Noon).Records());
        Assert.False(open.Last!.Open!.Spec.Complete);

        var closing = Decide(ARun(), open, ended, over: true, Noon);
        Assert.True(Assert.Single(closing.Records()).Spec.Complete);

        var closed = Known(closing.Records());
        Assert.Null(closed.Last!.Open);
        Assert.Empty(Decide(ARun(), closed, ended, over: true, Noon).Records());
        // What comes all the same, as when somebody has deleted the record of it, is in another.
        Assert.Equal(2, Assert.Single(Decide(ARun(), closed, Ended(11, _ => Turn), over: true, Noon).Records()).Spec.Number);
    }

    [Fact]
    public void The_summary_counts_what_will_have_been_written_and_has_the_digest_of_the_last()
    {
        var first = Decide(ARun(), RecordsOfRun.None, Ended(450, _ => Turn), over: false, Noon);
        Assert.Equal(new RunRecords { Count = 3, Nodes = 450, Digest = CanonicalJson.Digest(first.Records()[^1].Spec) }, first.Summary);

        var second = Decide(ARun(), Known(first.Records()), Ended(460, _ => Turn), over: false, Noon);
        Assert.Equal(new RunRecords { Count = 3, Nodes = 460, Digest = CanonicalJson.Digest(second.Records()[^1].Spec) }, second.Summary);

        Assert.Null(Decide(ARun(), RecordsOfRun.None, [], over: true, Noon).Summary);
    }

    [Fact]
    public void Of_a_run_that_is_being_deleted_nothing_is_recorded()
    {
        var run = ARun();
        run.Metadata.DeletionTimestamp = Noon.UtcDateTime;
        var open = Known(Decide(ARun(), RecordsOfRun.None, Ended(1, _ => Turn), over: false, Noon).Records());

        Assert.Empty(Decide(run, open, Ended(2, _ => Turn), over: true, Noon).Records());
    }

    /// <summary>What a large rollout costs, and how long a node waits for its record.</summary>
    [Fact]
    public void Ten_thousand_nodes_in_twenty_minutes_are_a_hundred_writes_at_most()
    {
        var (known, writes, latest) = (RecordsOfRun.None, 0, TimeSpan.Zero);
        var all = Ended(10_000, number => Turn with { FinishedAt = Noon.AddSeconds(number * 0.12) });
        for (var now = Noon; now <= Noon.AddMinutes(20); now = now.AddSeconds(1))
        {
            var ended = all.TakeWhile(turn => turn.At <= now).ToList();
            var records = Decide(ARun(), known, ended, over: ended.Count == all.Count, now).Records();
            if (records.Count == 0)
                continue;
            latest = now - ended.First(turn => !known.Has(turn.Node.Uid)).At!.Value is var waited && waited > latest ? waited : latest;
            (known, writes) = (known.With(records), writes + records.Count);
        }

        Assert.Equal((50, 10_000), (known.Summary!.Count, known.Summary.Nodes));
        Assert.InRange(writes, 50, 100);
        Assert.InRange(latest, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(31));
    }
}
