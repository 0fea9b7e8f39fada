using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

public class RunNodesTests
{
    public static TheoryData<string, NodeView?, string> Table => new()
    {
        { "it waits for its turn", Pending("a"), "pending" },
        { "it waits for its first scan", View("a", new NodePatchStatus()), "pending" },
        { "it waits and somebody has cordoned it", Pending("a").Cordoned(), "pending" },
        { "its slot is reserved", View("a", Scanned(Package("openssl")), Asked()), "in flight" },
        { "its turn has begun", InFlight("a"), "in flight" },
        { "it is done", Finished("a", OperationResult.Succeeded), "succeeded" },
        { "it failed", Finished("a", OperationResult.Failed), "failed" },
        { "its turn was taken back", Finished("a", OperationResult.Cancelled), "skipped" },
        { "another run has it", View("a", Scanned(Package("openssl")), Asked(runUid: "another")), "pending" },
        { "another run had it", View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Failed, "another") }), "pending" },
        { "what it did was taken back", View("a", Scanned(Package("openssl")), TakingBack()), "skipped" },
        { "it is gone", null, "skipped" },
        { "another node has its name", Pending("a") is var view ? view with { Node = view.Node with { Uid = "another" } } : view, "skipped" },
        { "it belongs to no policy any more", Pending("a") with { Policy = null }, "skipped" },
        { "it belongs to another policy", Pending("a") with { Policy = Other() }, "skipped" },
        { "it was patched by hand", View("a", Scanned()), "skipped" },
        { "what it needs is not in the plan", View("a", Scanned(Package("curl"))), "skipped" },
        { "it is offered a newer version than the plan has", View("a", Scanned(Package("openssl", "3"))), "pending" },
        { "it has a newer version than the plan", View("a", Scanned(Package("openssl", "3", installed: "2.5"))), "skipped" },
        { "it is offered an older version than the plan has", View("a", Scanned(Package("openssl", "1.5"))), "pending" },
        { "it needs a reboot alone", View("a", Scanned().NeedingReboot()), "pending" },
    };

    /// <summary>Its Jobs have ended: to begin again would find their reports.</summary>
    [Fact]
    public void One_that_had_its_turn_has_none_again_whatever_another_run_has_done_with_it_since()
    {
        var view = View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Succeeded, "another") }, Asked(runUid: "another"));
        var record = new PatchRecord
        {
            Metadata = new k8s.Models.V1ObjectMeta { Name = "record" },
            Spec = new PatchRecordSpec { Run = new RunReference { Name = "workers-20261120", Uid = RunUid }, Number = 1, Nodes = [new RecordedNode { Name = "a", Uid = view.Node.Uid }] },
        };

        Assert.Equal("skipped", Stands(new RunNodes(Input(Settings(), view) with { Records = RecordsOfRun.None.With([record]) })));
    }

    private static NodePatchSpec TakingBack()
    {
        var spec = Asked(runUid: "another");
        return spec with { Operation = spec.Operation! with { Undoes = new RunReference { Name = "workers-20261120", Uid = RunUid } } };
    }

    [Theory, MemberData(nameof(Table))]
    public void Where_a_node_stands_is_told_from_the_node(string when, NodeView? view, string stands)
    {
        var input = Input(Settings(), Pending("a")) with { Node = _ => view };

        Assert.True(stands == Stands(new RunNodes(input)), when);
    }

    /// <summary>Until no window is open any more it may come back in time: not only until the cutoff.</summary>
    [Theory]
    [InlineData("open", "pending")]
    [InlineData("cutoff", "pending")]
    [InlineData("closed", "skipped")]
    [InlineData("none", "skipped")]
    public void A_node_that_is_not_Ready_is_skipped_once_no_window_is_open(string window, string stands)
    {
        var input = Input(Settings(), Pending("a").NotReady()) with
        {
            Windows = window switch { "open" => Named(OpenWindow()), "cutoff" => Named(ClosingWindow()), "closed" => Named(ClosedWindow()), _ => [] },
        };

        Assert.Equal(stands, Stands(new RunNodes(input)));
    }

    [Fact]
    public void Progress_counts_each_node_once()
    {
        var progress = new RunNodes(Input(
            Settings(), Pending("a"), InFlight("b"), Finished("c", OperationResult.Succeeded), Finished("d", OperationResult.Failed), View("e", Scanned()))).Progress;

        Assert.Equal(new RunProgress { Total = 5, Pending = 1, InProgress = 1, Succeeded = 1, Failed = 1, Skipped = 1, Summary = "2/5" }, progress);
    }

    [Fact]
    public void An_invalid_policy_says_of_no_node_that_it_needs_nothing()
    {
        var invalid = new PolicyTerms(APolicy(), [new SpecError("spec.windows[0]", "there is no PatchWindow 'x'")]);

        Assert.Equal("pending", Stands(new RunNodes(Input(Settings(), Pending("a") with { Policy = invalid }) with { Policy = invalid })));
    }

    private static string Stands(RunNodes nodes) => nodes switch
    {
        { Pending.Count: 1 } => "pending",
        { InFlight.Count: 1 } => "in flight",
        { Succeeded.Count: 1 } => "succeeded",
        { Failed.Count: 1 } => "failed",
        { Skipped: 1 } => "skipped",
        _ => "nowhere",
    };

    private static PolicyTerms Other()
    {
        var policy = APolicy();
        policy.Metadata.Name = "others";
        return new PolicyTerms(policy, []);
    }
}
