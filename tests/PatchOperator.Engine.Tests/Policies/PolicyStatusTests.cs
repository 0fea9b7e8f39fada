using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class PolicyStatusTests
{
    private static readonly PatchPolicyStatus Before = new()
    {
        ObservedGeneration = 1,
        Conditions = [Of(ConditionTypes.Reconciling, "False", Reasons.RunInProgress, "1/9 nodes done"), Of(ConditionTypes.Compliant, "False", Reasons.NodesNotCompliant, "1/9")],
        Nodes = new NodeCounts { Matched = 9, Compliant = 1, Summary = "1/9" },
        Updates = new UpdateCounts { Total = 8 },
        CountedAt = Noon.AddSeconds(-2),
        CurrentRun = "workers-20261120",
    };

    private static readonly PatchPolicyStatus Counted = Before with
    {
        Conditions = [Of(ConditionTypes.Reconciling, "False", Reasons.RunInProgress, "2/9 nodes done"), Of(ConditionTypes.Compliant, "False", Reasons.NodesNotCompliant, "2/9")],
        Nodes = new NodeCounts { Matched = 9, Compliant = 2, Summary = "2/9" },
        Updates = new UpdateCounts { Total = 7 },
        Attention = [new NodeAttention { Node = "a" }],
        CountedAt = Noon,
    };

    public static TheoryData<string, PatchPolicyStatus, PatchPolicyStatus, int?> Table => new()
    {
        { "counts alone, 2 s after the last", Before, Counted, 3 },
        { "counts alone, 5 s after the last", Before with { CountedAt = Noon.AddSeconds(-5) }, Counted, null },
        { "counts that were never written", Before with { CountedAt = null }, Counted, null },
        { "nothing", Before, Before, null },
        { "the status of a condition too", Before, Counted with { Conditions = [Counted.Conditions[0], Counted.Conditions[1] with { Status = "True" }] }, null },
        { "the reason of a condition too", Before, Counted with { Conditions = [Counted.Conditions[0] with { Reason = Reasons.RunHalted }, Counted.Conditions[1]] }, null },
        { "a new run too", Before, Counted with { CurrentRun = "workers-20261121" }, null },
        { "the end of a run too", Before, Counted with { LastRun = new LastRun { Name = "workers-20261120" } }, null },
        { "the next window too", Before, Counted with { NextWindow = new NextWindow { Name = "nightly" } }, null },
        { "the generation too", Before, Counted with { ObservedGeneration = 2 }, null },
    };

    [Theory, MemberData(nameof(Table))]
    public void Counts_that_change_alone_are_written_every_five_seconds(string what, PatchPolicyStatus before, PatchPolicyStatus after, int? seconds)
    {
        var expected = seconds is { } wait ? Noon.AddSeconds(wait) : (DateTimeOffset?)null;

        Assert.True(expected == PolicyStatus.WrittenAt(before, after, Noon), what);
    }

    [Fact]
    public void Nodes_that_fell_behind_are_counted_and_named()
    {
        var quarantine = new NodeQuarantine { Reason = Reasons.NodeJoined, Message = "the node joined", Since = Noon };
        var input = Input(View("a", Scanned()), View("b", Scanned() with { Quarantine = quarantine }));
        var status = PolicyStatus.Of(input, Standing.Settled, new Emergencies(input));

        Assert.Equal((2, 1, 1), (status.Nodes!.Matched, status.Nodes.Compliant, status.Nodes.Quarantined));
        var entry = Assert.Single(status.Attention);
        Assert.Equal(("b", ComplianceState.Quarantined, Reasons.NodeJoined), (entry.Node, entry.State, entry.Reason));
        Assert.Contains(status.Conditions, condition => condition is { Type: ConditionTypes.Compliant, Message: "1/2 nodes are compliant: 1 in quarantine" });
    }

    [Fact]
    public void Nodes_that_have_nothing_to_be_patched_are_counted_apart()
    {
        var windows = View("b", new NodePatchStatus());
        var exempt = windows with { Node = windows.Node with { Labels = new Dictionary<string, string> { ["kubernetes.io/os"] = "windows" } } };

        var mixed = PolicyStatusOf(View("a", Scanned()), exempt);
        var alone = PolicyStatusOf(exempt);

        Assert.Equal((2, 1, 1, 0, "1/1"), (mixed.Nodes!.Matched, mixed.Nodes.Compliant, mixed.Nodes.Exempt, mixed.Nodes.Unknown, mixed.Nodes.Summary));
        Assert.Contains(mixed.Conditions, condition => condition is { Type: ConditionTypes.Compliant, Status: "True", Message: "all 1 nodes are compliant, 1 more are exempt" });
        Assert.Contains(alone.Conditions, condition => condition is { Type: ConditionTypes.Compliant, Status: "Unknown", Message: "all 1 nodes have nothing to be patched" });
        Assert.Empty(mixed.Attention);

        static PatchPolicyStatus PolicyStatusOf(params NodeView[] views)
        {
            var input = Input(views);
            return PolicyStatus.Of(input, Standing.Settled, new Emergencies(input));
        }
    }

    [Fact]
    public void Counts_wait_and_are_written_in_the_end()
    {
        var policy = APolicy();
        policy.Status = PolicyDecider.Decide(Input(View("a", Scanned(Package("curl"))), View("b", Scanned(Package("curl")))) with { Runs = [ARun(RunPhase.Running)] }, []).Status;
        var after = Input(View("a", Scanned()), View("b", Scanned(Package("curl")))) with { Policy = policy, Runs = [ARun(RunPhase.Running)] };

        var early = PolicyDecider.Decide(after with { Now = Noon.AddSeconds(1) }, []);
        var due = PolicyDecider.Decide(after with { Now = Noon.AddSeconds(5) }, []);

        Assert.Equal((policy.Status, TimeSpan.FromSeconds(4)), (early.Status, early.WakeUp));
        Assert.Equal(("1/2", Noon.AddSeconds(5)), (due.Status.Nodes!.Summary, due.Status.CountedAt));
    }

    [Fact]
    public void Where_nothing_has_changed_the_status_is_the_same_at_any_time()
    {
        var policy = APolicy();
        policy.Status = PolicyDecider.Decide(Input(View("a", Scanned())), []).Status;

        Assert.Same(policy.Status, PolicyDecider.Decide(Input(View("a", Scanned())) with { Policy = policy, Now = Noon.AddMinutes(1) }, []).Status);
    }

    [Fact]
    public void A_run_that_is_made_is_told_at_once()
    {
        var policy = APolicy();
        policy.Status = PolicyDecider.Decide(Input(View("a", Scanned())) with { Runs = [ARun(RunPhase.Running)] }, []).Status;

        var decision = PolicyDecider.Decide(Input(View("a", Scanned(Package("curl")))) with { Policy = policy, Now = Noon.AddSeconds(1) }, []);

        Assert.Equal((Noon.AddSeconds(1), Reasons.RunCreated), (decision.Status.CountedAt, Assert.Single(decision.Events).Reason));
    }

    private static Condition Of(string type, string status, string reason, string message) => new() { Type = type, Status = status, Reason = reason, Message = message };

    public static TheoryData<NodeView[], string, string, string> Nodes => new()
    {
        { [View("a", Scanned()), View("b", Scanned())], "True", Reasons.AllNodesCompliant, "all 2 nodes are compliant" },
        { [View("a", Scanned()), Pending("b")], "False", Reasons.NodesNotCompliant, "1/2 nodes are compliant: 1 not compliant" },
        { [View("a", Scanned()), View("b", null)], "False", Reasons.NodesNotCompliant, "1/2 nodes are compliant: 1 unknown" },
        {
            [Pending("a"), View("b", Scanned().NeedingReboot()), Failed("c"), View("d", new NodePatchStatus())], "False", Reasons.NodesNotCompliant,
            "0/4 nodes are compliant: 1 not compliant, 1 waiting for a reboot, 1 failed, 1 unknown"
        },
        { [], "Unknown", Reasons.NoNodes, "spec.nodeSelector matches no node" },
    };

    [Theory, MemberData(nameof(Nodes))]
    public void Compliance_is_that_of_all_nodes_and_one_of_which_nothing_is_known_is_not_compliant(NodeView[] nodes, string status, string reason, string message)
    {
        var found = PolicyDecider.Decide(Input(nodes), []).Status.Conditions.Single(condition => condition.Type == ConditionTypes.Compliant);

        Assert.Equal((status, reason, message), (found.Status, found.Reason, found.Message));
    }

    [Fact]
    public void A_valid_policy_is_accepted_whatever_its_nodes_are()
    {
        var ready = PolicyDecider.Decide(Input(Pending("a")), []).Status.Conditions.Single(condition => condition.Type == ConditionTypes.Ready);

        Assert.Equal(("True", Reasons.Accepted), (ready.Status, ready.Reason));
    }

    private static NodeView Failed(string name) =>
        View(name, Scanned(Package("openssl")) with { Phase = NodePhase.Failed, LastOperation = Record(OperationResult.Failed) });
}
