using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Windows;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Runs;

public class RunPlanTests
{
    [Fact]
    public void A_run_is_made_when_a_window_is_open_and_nodes_need_it()
    {
        var (run, standing) = RunPlan.Next(Input(View("a", Scanned(Package("openssl"))), View("b", Scanned())));

        Assert.Equal("workers-20261120-1100", run!.Name);
        Assert.Equal("a", Assert.Single(run.Spec.Nodes).Name);
        Assert.Equal(new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }, Assert.Single(run.Spec.Updates));
        Assert.Equal(Reasons.RunInProgress, standing.Reason);
    }

    [Fact]
    public void All_nodes_get_the_version_that_most_of_them_would_get()
    {
        var (run, _) = RunPlan.Next(Input(
            View("a", Scanned(Package("openssl", "3"))), View("b", Scanned(Package("openssl", "2"))), View("c", Scanned(Package("openssl", "2")))));

        Assert.Equal("2", Assert.Single(run!.Spec.Updates).Version);
    }

    public static TheoryData<string, NodePatchStatus?, Func<PatchPolicySpec, PatchPolicySpec>?, WindowState, string> NoRun => new()
    {
        { "compliant", Scanned(), null, OpenWindow(), Reasons.UpToDate },
        { "not a security update", Scanned(Package("curl", security: false)), null, OpenWindow(), Reasons.UpToDate },
        { "held", Scanned(Package("curl", held: true)), null, OpenWindow(), Reasons.UpToDate },
        { "excluded", Scanned(Package("curl")), spec => spec with { Updates = new UpdateSettings { Exclude = ["cu*"] } }, OpenWindow(), Reasons.UpToDate },
        { "not included", Scanned(Package("curl")), spec => spec with { Updates = new UpdateSettings { Include = ["openssl*"] } }, OpenWindow(), Reasons.UpToDate },
        { "a reboot, but never", Scanned().NeedingReboot(), spec => spec with { Reboot = new RebootSettings { Mode = RebootMode.Never } }, OpenWindow(), Reasons.UpToDate },
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
        var (run, standing) = RunPlan.Next(Input(View("a", status)) with { Policy = policy, Windows = policy.Spec.Windows.Count == 0 ? [] : Named(window) });

        Assert.True(run is null, because);
        Assert.Equal(reason, standing.Reason);
    }

    [Fact]
    public void A_node_whose_first_scan_is_under_way_is_waited_for() =>
        Assert.Null(RunPlan.Next(Input(View("a", Scanned(Package("openssl"))), View("b", new NodePatchStatus()))).Run);

    [Fact]
    public void A_node_that_cannot_be_scanned_holds_nobody_up() =>
        Assert.NotNull(RunPlan.Next(Input(View("a", Scanned(Package("openssl"))), View("b", new NodePatchStatus { ScanFailure = new ScanFailure { Count = 1 } }))).Run);

    /// <summary>Who waits for a policy, as a GitOps tool does, does not wait for nights: the spec is in effect.</summary>
    [Theory]
    [InlineData(RunPhase.Running)]
    [InlineData(RunPhase.WaitingForWindow)]
    public void A_run_under_way_is_told_and_not_waited_for(RunPhase phase)
    {
        var (_, standing) = RunPlan.Next(Input(View("a", Scanned(Package("openssl")))) with { Runs = [Run("workers-20261120-1100", phase)] });

        Assert.Equal((Reasons.RunInProgress, false, false), (standing.Reason, standing.InProgress, standing.Stalled));
    }

    [Fact]
    public void First_scans_are_waited_for() => Assert.True(RunPlan.Next(Input(View("a", null))).Standing.InProgress);

    [Fact]
    public void One_run_at_a_time()
    {
        var active = Run("workers-20261120-1100", RunPhase.Running);

        Assert.Null(RunPlan.Next(Input(View("a", Scanned(Package("openssl")))) with { Runs = [active] }).Run);
    }

    [Fact]
    public void A_second_run_of_an_opening_has_a_number()
    {
        var (run, _) = RunPlan.Next(Input(View("a", Scanned(Package("openssl")))) with { Runs = [Run("workers-20261120-1100", RunPhase.Superseded)] });

        Assert.Equal("workers-20261120-1100-2", run!.Name);
    }

    [Fact]
    public void A_node_that_failed_is_tried_again_in_the_next_opening_and_not_in_this()
    {
        var failed = Scanned(Package("openssl")) with { LastOperation = new OperationRecord { RunUid = "run-uid", Result = OperationResult.Failed } };
        var input = Input(View("a", failed)) with { Runs = [Run("workers-20261120-1100", RunPhase.Failed)] };

        var (run, standing) = RunPlan.Next(input);
        Assert.Null(run);
        Assert.Equal(Reasons.WaitingForNextOpening, standing.Reason);
        Assert.NotNull(RunPlan.Next(input with { Windows = Named(OpenWindow(Noon.AddDays(1))) }).Run);
    }

    private static PatchRun Run(string name, RunPhase phase) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = "run-uid" },
        Spec = new PatchRunSpec { WindowOpenedAt = Noon.AddHours(-1), Policy = new PolicyReference { Generation = 1 } },
        Status = new PatchRunStatus { Phase = phase },
    };

    private static NodeView View(string name, NodePatchStatus? status) => new(ANode(name), status is null ? null : new NodePatchSpec(), status);

    private static PolicyInput Input(params NodeView[] nodes) =>
        new() { Policy = APolicy(), Errors = [], Nodes = nodes, Windows = Named(OpenWindow()), Now = Noon };
}
