using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class FirstScansTests
{
    public static TheoryData<string, int, int, double, int> Table => new()
    {
        // what, scans due, at once, hours left for starting nodes, minutes that are waited for
        { "scans are quick", 1, 25, 3, 10 },
        { "scanning all takes half an hour", 1500, 25, 3, 30 },
        { "scanning all takes longer than half of the opening", 5000, 25, 2, 60 },
        { "the opening is about to end", 1, 25, 0.2, 6 },
    };

    [Fact]
    public void A_plan_waits_for_no_node_that_has_nothing_to_be_patched()
    {
        var unscanned = Unscanned("b");
        var exempt = unscanned with { Node = unscanned.Node with { Labels = new Dictionary<string, string> { ["type"] = "virtual-kubelet" } } };

        Assert.True(new FirstScans(Input(View("a", Scanned()), unscanned)).Any);
        Assert.False(new FirstScans(Input(View("a", Scanned()), exempt)).Any);
    }

    [Theory, MemberData(nameof(Table))]
    public void A_plan_waits_for_first_scans_until_a_time_that_is_foreseen(string what, int due, int atOnce, double hours, int minutes)
    {
        var window = OpenWindow() with { LastStart = Noon.AddHours(hours) };
        var input = Input(View("a", Scanned(Package("openssl"))), Unscanned("b")) with { Scans = new ScanLoad(due, atOnce), Windows = Named(window) };

        var (run, standing) = NextRun(input);

        Assert.True(run is null, what);
        Assert.Equal((Reasons.Scanning, true, Noon.AddMinutes(minutes)), (standing.Reason, standing.InProgress, standing.Until));
        Assert.Equal(TimeSpan.FromMinutes(minutes), PolicyDecider.Decide(input, []).WakeUp);
    }

    /// <summary>Where nodes come all the time there is always one that is not scanned: it counts from when the policy began to wait, not from when each came.</summary>
    [Fact]
    public void A_cluster_that_nodes_join_all_the_time_is_patched_all_the_same()
    {
        PatchRunSpec? made = null;
        var status = new PatchPolicyStatus();
        var minutes = 0;
        for (; made is null && minutes < 60; minutes++)
        {
            var now = Noon.AddMinutes(minutes);
            var policy = APolicy();
            policy.Status = status;
            var input = Input(View("a", Scanned(Package("openssl"))), Unscanned($"new-{minutes}")) with { Policy = policy, Now = now };
            status = PolicyDecider.Decide(input, []).Status;
            made = NextRun(input).Run?.Spec;
        }

        Assert.Equal(11, minutes);
    }

    [Fact]
    public void Whom_a_plan_did_not_wait_for_is_said_and_belongs_to_the_next_run()
    {
        var input = Waited(Input([View("a", Scanned(Package("openssl"))), .. Enumerable.Range(1, 6).Select(number => Unscanned($"new-{number}"))]), minutes: -10);

        var decision = PolicyDecider.Decide(input, []);
        var (run, standing) = NextRun(input);

        Assert.Equal(["a"], run!.Plan.Nodes.Select(node => node.Name));
        const string Left = "; 6 more, whose first scan has not ended, belong to the next run: new-1, new-2, new-3, new-4, new-5 and 1 more";
        Assert.Equal("1 nodes are to be patched" + Left, standing.Message);
        Assert.Equal("run workers-20261120: 1 nodes, 1 updates" + Left, Assert.Single(decision.Events).Message);
    }

    /// <summary>Else what is said would change at each look, once the wait is over.</summary>
    [Fact]
    public void Where_only_nodes_need_patching_that_had_their_turn_it_says_that_it_scans_for_as_long_as_it_does()
    {
        var failed = View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Failed) });

        var (run, standing) = NextRun(Waited(Input(failed, Unscanned("b")) with { Runs = [ARun(RunPhase.Succeeded)] }, minutes: -60));

        Assert.Null(run);
        Assert.Equal((Reasons.Scanning, (DateTimeOffset?)null), (standing.Reason, standing.Until));
    }

    [Fact]
    public void A_node_that_is_not_Ready_is_not_waited_for() =>
        Assert.NotNull(NextRun(Input(View("a", Scanned(Package("openssl"))), Unscanned("b").NotReady())).Run);

    private static NodeView Unscanned(string name) => View(name, new NodePatchStatus());

    private static PolicyInput Waited(PolicyInput input, int minutes)
    {
        var since = Noon.AddMinutes(minutes);
        var policy = APolicy();
        policy.Status = new PatchPolicyStatus
        {
            Conditions = new Conditions([], 1, since).Add(ConditionTypes.Reconciling, true, Reasons.Scanning, "1 nodes have not been scanned yet").ToList(),
        };
        return input with { Policy = policy };
    }
}
