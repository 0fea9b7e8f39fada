using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Specs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class RunPlanTests
{
    [Fact]
    public void A_run_is_made_when_a_window_is_open_and_nodes_need_it()
    {
        var (run, standing) = NextRun(Input(View("a", Scanned(Package("openssl"))), View("b", Scanned())));

        Assert.Equal("workers-20261120", run!.Name);
        Assert.Equal(("nightly", Noon.AddHours(-1), RunTrigger.Window), (run.Spec.Window, run.Spec.WindowOpenedAt, run.Spec.Trigger));
        Assert.Equal(new RunNode { Name = "a", Uid = "uid-a" }, Assert.Single(run.Plan.Nodes));
        Assert.Equal(new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }, Assert.Single(run.Plan.Updates));
        Assert.Equal((Reasons.RunInProgress, "1 nodes are to be patched"), (standing.Reason, standing.Message));
    }

    [Fact]
    public void The_plan_is_written_before_the_run_that_names_it_by_its_digest()
    {
        var run = NextRun(Input(View("a", Scanned(Package("openssl"))))).Run!;

        Assert.Equal(PlanDigest.Of(run.Plan), run.Spec.Plan.Digest);
        Assert.Equal($"workers-20261120-{run.Spec.Plan.Digest["sha256:".Length..][..8]}", run.Spec.Plan.Name);
        Assert.Equal([new CreatePlan(run.Spec.Plan.Name, run.Plan), new CreateRun("workers-20261120", run.Spec)], run.Effects);
    }

    /// <summary>After a crash, or an answer that was lost, the same run and the same plan are made again, by name.</summary>
    [Fact]
    public void The_same_facts_lead_to_the_same_run_later_on_the_same_day()
    {
        var input = Input(View("a", Scanned(Package("openssl"))));

        var (first, second) = (NextRun(input).Run!, NextRun(input with { Now = Noon.AddHours(2) }).Run!);

        Assert.Equal((first.Name, k8s.KubernetesJson.Serialize(first.Spec)), (second.Name, k8s.KubernetesJson.Serialize(second.Spec)));
    }

    [Fact]
    public void Each_system_gets_the_newest_version_that_most_of_its_nodes_can_get()
    {
        var (run, _) = NextRun(Input(
            View("a", Scanned(Package("openssl", "9.0-1")).On("amd64")), View("b", Scanned(Package("openssl", "10.0-1")).On("amd64")),
            View("c", Scanned(Package("openssl", "10.0-1+b1")).On("arm64")), View("d", Scanned(Package("openssl", "8.0-1")).On("amd64", "debian-11"))));

        Assert.Equal(
            ["debian-11 amd64 8.0-1", "debian-12 amd64 10.0-1", "debian-12 arm64 10.0-1+b1"],
            run!.Plan.Updates.Select(update => $"{update.OsFamily} {update.Architecture} {update.Version}"));
        Assert.Equal(["a", "b", "c", "d"], run.Plan.Nodes.Select(node => node.Name));
    }

    /// <summary>The release that is newer by rpm's order is older by Debian's.</summary>
    [Theory]
    [InlineData("apt", "debian-12", "1.0-1.el9")]
    [InlineData("dnf", "almalinux-9.4", "1.0-1.1.el9")]
    public void Which_version_is_newer_is_up_to_the_package_manager_of_the_nodes(string manager, string system, string newer)
    {
        NodeView Node(string name, string candidate) => View(name, Scanned(Package("tool", candidate, installed: "0.9-1")).On("x86_64", system, manager));

        var (run, _) = NextRun(Input(
            View("other", Scanned(Package("tool", "0.5-1", installed: "0.4-1")).On("amd64", "ubuntu-24.04")), Node("a", "1.0-1.el9"), Node("b", "1.0-1.1.el9")));

        Assert.Equal([$"{system} {newer}", "ubuntu-24.04 0.5-1"], run!.Plan.Updates.Select(update => $"{update.OsFamily} {update.Version}").Order());
    }

    [Fact]
    public void A_node_that_the_plan_does_nothing_for_is_left_to_the_next_run()
    {
        var strict = APolicy(spec => spec with { Updates = new UpdateSettings { Freeze = UpdateFreeze.Strict } });
        var input = Input(View("a", Scanned(Package("openssl", "2"))), View("b", Scanned(Package("openssl", "2"))), View("c", Scanned(Package("openssl", "3"))));

        var (run, standing) = NextRun(input with { Policy = strict });

        Assert.Equal(["a", "b"], run!.Plan.Nodes.Select(node => node.Name));
        Assert.Equal("2 nodes are to be patched; 1 more belong to the next run", standing.Message);
        Assert.Equal(UpdateFreeze.Strict, run.Plan.Settings.Freeze);

        Assert.Equal(["a", "b", "c"], NextRun(input).Run!.Plan.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_plan_names_ten_thousand_nodes_and_says_how_many_it_leaves_out()
    {
        var (run, standing) = NextRun(Input([.. Enumerable.Range(0, 10_001).Select(number => View($"n{number:D5}", Scanned(Package("openssl"))))]));

        Assert.Equal((10_000, "n00000", "n09999"), (run!.Plan.Nodes.Count, run.Plan.Nodes[0].Name, run.Plan.Nodes[^1].Name));
        Assert.Equal("10000 nodes are to be patched; 1 more belong to the next run", standing.Message);
    }

    [Fact]
    public void A_plan_names_five_hundred_updates_security_first_and_only_nodes_that_get_one()
    {
        var many = Enumerable.Range(0, 500).Select(number => Package($"p{number:D3}")).ToArray();
        var all = APolicy(spec => spec with { Updates = new UpdateSettings { Classification = UpdateClassification.All } });

        var (run, _) =
            NextRun(Input(View("a", Scanned(many), policy: all), View("b", Scanned(Package("aaa", security: false)), policy: all)) with { Policy = all });

        Assert.Equal((500, "p000"), (run!.Plan.Updates.Count, run.Plan.Updates[0].Name));
        Assert.Equal("a", Assert.Single(run.Plan.Nodes).Name);
    }

    public static TheoryData<string, NodePatchStatus?, Func<PatchPolicySpec, PatchPolicySpec>?, WindowState, string> NoRun => new()
    {
        { "compliant", Scanned(), null, OpenWindow(), Reasons.UpToDate },
        { "not a security update", Scanned(Package("curl", security: false)), null, OpenWindow(), Reasons.UpToDate },
        { "held", Scanned(Package("curl", held: true)), null, OpenWindow(), Reasons.UpToDate },
        { "excluded", Scanned(Package("curl")), spec => spec with { Updates = new UpdateSettings { Exclude = ["cu*"] } }, OpenWindow(), Reasons.UpToDate },
        {
            "not included", Scanned(Package("curl")), spec => spec with { Updates = new UpdateSettings { Include = ["openssl*"] } }, OpenWindow(),
            Reasons.UpToDate
        },
        {
            "a reboot, but never", Scanned().NeedingReboot(), spec => spec with { Reboot = new RebootSettings { Mode = RebootMode.Never } }, OpenWindow(),
            Reasons.UpToDate
        },
        { "not scanned", null, null, OpenWindow(), Reasons.Scanning },
        { "suspended", Scanned(Package("curl")), spec => spec with { Suspend = true }, OpenWindow(), Reasons.Suspended },
        { "no window", Scanned(Package("curl")), spec => spec with { Windows = [] }, OpenWindow(), Reasons.NoWindow },
        { "closed", Scanned(Package("curl")), null, ClosedWindow(), Reasons.WaitingForWindow },
        { "in the cutoff", Scanned(Package("curl")), null, ClosingWindow(), Reasons.WaitingForWindow },
    };

    [Theory]
    [MemberData(nameof(NoRun))]
    public void No_run_is_made(string because, NodePatchStatus? status, Func<PatchPolicySpec, PatchPolicySpec>? change, WindowState window, string reason)
    {
        var policy = APolicy(change);
        var (run, standing) =
            NextRun(Input(View("a", status, policy: policy)) with { Policy = policy, Windows = policy.Spec.Windows.Count == 0 ? [] : Named(window) });

        Assert.True(run is null, because);
        Assert.Equal(reason, standing.Reason);
    }

    [Fact]
    public void A_node_that_cannot_be_scanned_holds_nobody_up() =>
        Assert.NotNull(
            NextRun(Input(View("a", Scanned(Package("openssl"))), View("b", new NodePatchStatus { ScanFailure = new ScanFailure { Count = 1 } }))).Run);

    /// <summary>Who waits for a policy, as a GitOps tool does, does not wait for nights: the spec is in effect.</summary>
    [Theory]
    [InlineData(RunPhase.Running)]
    [InlineData(RunPhase.WaitingForWindow)]
    public void A_run_under_way_is_told_and_not_waited_for(RunPhase phase)
    {
        var (_, standing) = NextRun(Input(View("a", Scanned(Package("openssl")))) with { Runs = [ARun(phase)] });

        Assert.Equal((Reasons.RunInProgress, false, false), (standing.Reason, standing.InProgress, standing.Stalled));
    }

    [Fact]
    public void Where_no_node_belongs_to_the_policy_it_says_to_whom_they_belong()
    {
        Assert.Equal((Reasons.NoNodes, "spec.nodeSelector matches no node"), Said(Input()));
        Assert.Equal(
            (Reasons.NoNodes, "the 3 nodes that spec.nodeSelector matches belong to policies of a higher priority, or older ones"),
            Said(Input() with { Nodes = new PolicyNodes { ClaimedByOthers = 3 } }));
    }

    public static TheoryData<int, int, int, int?, string> Scans => new()
    {
        { 1, 1, 25, null, "1 nodes have not been scanned yet; 25 are scanned at once, so that it takes about 1m" },
        { 2, 5_000, 25, null, "2 nodes have not been scanned yet; 25 are scanned at once, so that it takes about 1h40m" },
        { 2, 5_000, 25, 12, "2 nodes have not been scanned yet; 25 are scanned at once, so that it takes about 40m" },
        { 3, 0, 1, 60, "3 nodes have not been scanned yet; 1 are scanned at once, so that it takes about 3m" },
    };

    /// <summary>At the default of 25, a first scan of 5,000 nodes ends long before the next is due, after a day.</summary>
    [Theory, MemberData(nameof(Scans))]
    public void First_scans_are_waited_for_and_their_length_is_foreseen(int nodes, int due, int atOnce, int? seconds, string message)
    {
        var scanned = Scanned() with { LastScan = new NodeScan { Time = Noon, Seconds = seconds } };
        var unscanned = Enumerable.Range(0, nodes).Select(number => View($"n{number}", number == 0 ? null : new NodePatchStatus()));

        var (run, standing) = NextRun(Input([.. unscanned, View("z", scanned)]) with { Scans = new ScanLoad(due, atOnce) });

        Assert.Null(run);
        Assert.Equal((Reasons.Scanning, message, true), (standing.Reason, standing.Message, standing.InProgress));
    }

    [Fact]
    public void One_run_at_a_time() =>
        Assert.Null(NextRun(Input(View("a", Scanned(Package("openssl")))) with { Runs = [ARun(RunPhase.Running)] }).Run);

    [Theory]
    [InlineData(RunPhase.PendingApproval, "1 nodes wait for an approval of plan sha256:0", Reasons.PendingApproval, "run workers-20261120: 1 nodes wait for an approval of plan sha256:0")]
    [InlineData(RunPhase.Paused, "paused; 0 nodes in flight finish, and 1 wait", Reasons.RunPaused, "run workers-20261120 is paused; 0 nodes in flight finish, and 1 wait")]
    public void A_run_that_waits_for_a_person_is_told(RunPhase phase, string message, string reason, string said)
    {
        var run = ARun(phase);
        run.Status = run.Status with { Message = message };

        Assert.Equal((reason, said), Said(Input(Pending("a")) with { Runs = [run] }));
    }

    [Fact]
    public void Whether_a_run_is_to_be_approved_is_frozen_in_its_plan()
    {
        var manual = APolicy(spec => spec with { Rollout = new PolicyRollout { Approval = ApprovalMode.Manual, MaxUnavailable = "2" } });

        var plan = NextRun(Input(Pending("a")) with { Policy = manual }).Run!.Plan;

        Assert.Equal(ApprovalMode.Manual, plan.Approval);
        Assert.Equal("""{"maxUnavailable":2,"failureThreshold":1,"minReadySeconds":10}""", k8s.KubernetesJson.Serialize(plan.Settings.Rollout));
    }

    [Fact]
    public void A_run_that_has_halted_waits_for_a_person()
    {
        var halted = ARun(RunPhase.Halted);
        halted.Status = halted.Status with { Message = "1 nodes failed" };

        var (_, standing) = NextRun(Input(View("a", Scanned(Package("openssl")))) with { Runs = [halted] });

        Assert.Equal(new Standing(Reasons.RunHalted, "run workers-20261120 has halted: 1 nodes failed", InProgress: false, Stalled: true), standing);
    }

    private static (string, string) Said(PolicyInput input) => NextRun(input).Standing is var standing ? (standing.Reason, standing.Message) : default;
}
