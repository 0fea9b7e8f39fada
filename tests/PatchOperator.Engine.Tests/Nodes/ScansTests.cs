using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class ScansTests
{
    [Fact]
    public void A_node_that_was_never_scanned_is_scanned()
    {
        var decision = Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus()));

        var job = Assert.IsType<CreateJob>(Assert.Single(decision.Effects)).Job;
        Assert.Equal((OperationStep.Scan, "boot-1"), (job.Step, job.BootId));
        Assert.Equal(job.Name, decision.Status.Job);
        Assert.Equal((ComplianceState.Unknown, Reasons.NotScanned), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
        Assert.Contains(decision.Status.Conditions, condition => condition is { Type: ConditionTypes.Ready, Status: "True", Reason: Reasons.Idle });
    }

    [Fact]
    public void A_node_that_is_not_ready_is_not_scanned_and_what_is_known_of_it_grows_old()
    {
        var decision = Decide(Input(ANode() with { Ready = false }, new NodePatchSpec(), Scanned()));

        Assert.Empty(decision.Effects);
        Assert.Equal(TimeSpan.FromHours(47), decision.WakeUp);
        var stale = Decide(Input(ANode() with { Ready = false }, new NodePatchSpec(), Scanned()) with { Now = Noon + decision.WakeUp!.Value });
        Assert.Equal((ComplianceState.Unknown, Reasons.ScanStale), (stale.Status.Compliance!.State, stale.Status.Compliance.Reason));
    }

    [Theory]
    [InlineData("kubernetes.io/os", "windows", "it runs Windows, whose updates the operator knows nothing of")]
    [InlineData("type", "virtual-kubelet", "it is a virtual kubelet's, without an operating system of its own")]
    [InlineData("eks.amazonaws.com/compute-type", "fargate", "it is one of Fargate's, which its provider patches")]
    public void A_node_that_has_nothing_to_be_patched_is_never_looked_at(string label, string value, string because)
    {
        var node = ANode() with { Labels = new Dictionary<string, string> { [label] = value }, CreatedAt = Noon };

        var decision = Decide(Input(node, new NodePatchSpec(), new NodePatchStatus()));

        Assert.Empty(decision.Effects);
        Assert.Null(decision.WakeUp);
        Assert.Null(decision.Status.Quarantine);
        Assert.Equal((ComplianceState.Exempt, Reasons.NothingToPatch, because),
            (decision.Status.Compliance!.State, decision.Status.Compliance.Reason, decision.Status.Compliance.Message));
    }

    /// <summary>Each time that something else is approved, and once for it.</summary>
    [Fact]
    public void What_is_approved_is_downloaded_by_a_scan_of_its_own_before_any_window_opens()
    {
        var policy = new PolicyTerms(APolicy(spec => spec with { Staging = StagingMode.BeforeWindow }), []);
        var input = Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl"), Package("curl", held: true))) with { Policy = policy };

        var asked = Assert.IsType<CreateJob>(Assert.Single(Decide(input).Effects)).Job;
        Assert.Equal((OperationStep.Scan, TimeSpan.FromHours(1)), (asked.Step, asked.Timeout));
        Assert.Equal(["openssl=2"], asked.Updates.Select(update => $"{update.Name}={update.Version}"));

        var waiting = input with { Status = input.Status with { Job = "scan" }, Jobs = new Dictionary<string, JobFacts> { ["scan"] = Ended("scan", Done(pending: [.. input.Status.Pending])) } };
        var scanned = Decide(waiting).Status;
        Assert.NotNull(scanned.LastScan!.StagedDigest);
        Assert.Empty(Decide(input with { Status = scanned }).Effects);

        // A mirror that says one thing and then another is not asked without a pause.
        var changed = input with { Status = scanned with { Pending = [Package("openssl", "3")] } };
        Assert.Equal((0, TimeSpan.FromMinutes(10)), (Decide(changed).Effects.Count, Decide(changed).WakeUp));
        var other = Decide(changed with { Now = Noon.AddMinutes(10) });
        Assert.Equal("3", Assert.Single(Assert.IsType<CreateJob>(Assert.Single(other.Effects)).Job.Updates).Version);
    }

    [Fact]
    public void What_may_go_for_an_update_is_told_to_the_scan_that_downloads_it()
    {
        var policy = new PolicyTerms(
            APolicy(spec => spec with { Staging = StagingMode.BeforeWindow, Updates = new UpdateSettings { AllowRemovals = ["old"] } }), []);
        var status = Scanned(Package("app") with { Blocked = "would break old", Removes = ["old"] });

        var asked = Decide(Input(ANode(), new NodePatchSpec(), status) with { Policy = policy }).Effects;

        Assert.Equal(["old"], Assert.Single(Assert.IsType<CreateJob>(Assert.Single(asked)).Job.Updates).Removes!);
    }

    /// <summary>A mirror that is down is not asked again and again.</summary>
    [Fact]
    public void What_could_not_be_downloaded_says_why_and_is_tried_again_by_the_next_scan()
    {
        var policy = new PolicyTerms(APolicy(spec => spec with { Staging = StagingMode.BeforeWindow }), []);
        var report = Done(pending: Package("openssl")) with { StagingFailure = "the mirror is down" };
        var input = Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl")).WaitingFor("scan"), Ended("scan", report)) with { Policy = policy };

        var scanned = Decide(input).Status;
        Assert.Equal(("the mirror is down", null), (scanned.LastScan!.StagingFailure!.Message, scanned.LastScan.StagedDigest));
        var idle = Decide(input with { Status = scanned });
        Assert.Empty(idle.Effects.OfType<CreateJob>());
        Assert.InRange(idle.WakeUp!.Value, TimeSpan.FromHours(24 * 0.9), TimeSpan.FromHours(24));

        var again = Decide(input with { Status = scanned, Now = Noon + idle.WakeUp.Value });
        Assert.Single(again.Effects.OfType<CreateJob>().Single().Job.Updates);
        var summary = Decide(input with { Jobs = new Dictionary<string, JobFacts> { ["scan"] = Ended("scan", Done() with { HasDetails = false, Pending = null }) } });
        Assert.Null(summary.Status.LastScan!.StagedDigest);
    }

    [Theory]
    [InlineData(StagingMode.Never, 1)]
    [InlineData(StagingMode.InWindow, 1)]
    [InlineData(StagingMode.BeforeWindow, 0)]
    public void Without_being_asked_for_or_without_a_window_to_come_nothing_is_downloaded_early(StagingMode staging, int windows)
    {
        var policy = APolicy(spec => spec with { Staging = staging, Windows = [.. Enumerable.Repeat("nightly", windows)] });
        Assert.Empty(Decide(Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl"))) with { Policy = new PolicyTerms(policy, []) }).Effects);
    }

    /// <summary>A variable holds no more.</summary>
    [Fact]
    public void No_more_is_downloaded_early_than_a_Job_can_be_asked_for()
    {
        var removes = Enumerable.Range(0, 20).Select(number => $"package-that-goes-{number:D20}").ToList();
        var policy = new PolicyTerms(
            APolicy(spec => spec with { Staging = StagingMode.BeforeWindow, Updates = new UpdateSettings { AllowRemovals = ["package-*"] } }), []);
        var pending = Enumerable.Range(0, 400).Select(number => Package($"update-{number}", $"{number}") with { Blocked = "would break", Removes = removes });

        var job = Decide(Input(ANode(), new NodePatchSpec(), Scanned([.. pending])) with { Policy = policy }).Effects.OfType<CreateJob>().Single().Job;

        Assert.True(job.AllowRemovals);
        Assert.InRange(job.Updates.Sum(update => update.Name.Length + update.Version.Length + update.Removes!.Sum(name => name.Length)), 50 * 1024, 96 * 1024);
    }

    [Fact]
    public void A_node_waits_for_those_whose_scans_come_before() =>
        Assert.Equal(
            "due for a scan, and waits for those before it",
            Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus()) with { MayScan = false }).Why);

    [Fact]
    public void A_scan_whose_Job_was_made_and_not_written_down_waits_for_nobody()
    {
        var name = Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus())).Status.Job!;

        Assert.Equal(name, Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus(), Ended(name)) with { MayScan = false }).Status.Job);
    }

    [Fact]
    public void A_node_that_rebooted_by_itself_is_scanned_again() =>
        Assert.IsType<CreateJob>(Assert.Single(Decide(Input(ANode() with { BootId = "boot-2" }, new NodePatchSpec(), Scanned())).Effects));

    [Fact]
    public void The_next_scan_comes_within_the_interval_and_not_before()
    {
        var decision = Decide(Input(ANode(), new NodePatchSpec(), Scanned()));

        Assert.Empty(decision.Effects);
        Assert.InRange(decision.WakeUp!.Value, TimeSpan.FromHours(24 * 0.9 - 1), TimeSpan.FromHours(23));
        Assert.Single(Decide(Input(ANode(), new NodePatchSpec(), Scanned()) with { Now = Noon + decision.WakeUp.Value }).Effects);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(20, 60)]
    public void A_failed_scan_is_tried_again_later_and_later(int failures, int minutes)
    {
        var status = new NodePatchStatus { ScanFailure = new ScanFailure { At = Noon, Count = failures, Reason = "LockHeld" } };

        Assert.Equal(TimeSpan.FromMinutes(minutes), Decide(Input(ANode(), new NodePatchSpec(), status)).WakeUp);
    }

    public static TheoryData<JobFacts?, string, string> FailedJobs => new()
    {
        { null, Reasons.ReportMissing, "its Job was deleted before its report was read" },
        { Ended("scan"), Reasons.ReportMissing, "its Job ended without a report" },
        { Ended("scan") with { Problem = "exit 143" }, Reasons.ReportMissing, "exit 143" },
        { Ended("scan") with { TimedOut = true }, Reasons.JobTimedOut, "the Job scan took longer than it may" },
        { Ended("scan") with { TimedOut = true, Problem = "ErrImagePull" }, Reasons.JobNotStarted, "the Job scan did not start in time: ErrImagePull" },
        { Ended("scan", Failure("LockHeld", "apt is at work")), "LockHeld", "apt is at work" },
        { Ended("scan", Done() with { Pending = null, PendingCount = null }), "Completed", "done" },
    };

    [Theory, MemberData(nameof(FailedJobs))]
    public void A_scan_that_does_not_say_what_is_pending_is_a_failed_scan_and_never_compliance(JobFacts? job, string reason, string message)
    {
        var decision = Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), job is null ? [] : [job]));

        Assert.Equal((reason, message, 1), (decision.Status.ScanFailure!.Reason, decision.Status.ScanFailure.Message, decision.Status.ScanFailure.Count));
        Assert.Equal((ComplianceState.Unknown, Reasons.ScanFailed), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
        Assert.Equal(Reasons.ScanFailed, Assert.Single(decision.Events).Reason);
    }

    [Fact]
    public void What_keeps_a_scan_from_starting_is_told_while_it_lasts() =>
        Assert.Equal(
            "scanning: ErrImagePull",
            Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), AtWork("scan") with { Problem = "ErrImagePull" })).Why);

    [Fact]
    public void A_scan_leaves_its_Job_until_what_it_found_is_written_down()
    {
        var job = Ended("scan", Done());
        var scanned = Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), job));

        Assert.Empty(scanned.Effects);
        Assert.Equal((null, TimeSpan.Zero), (scanned.Status.Job, scanned.WakeUp!.Value));
        Assert.Equal([new DeleteJob("scan")], Decide(Input(ANode(), new NodePatchSpec(), scanned.Status, job)).Effects);
    }

    [Fact]
    public void What_a_failed_scan_has_left_goes_before_the_next_begins()
    {
        var failed = new NodePatchStatus { ScanFailure = new ScanFailure { At = Noon, Count = 1, Reason = "LockHeld" } };

        Assert.Empty(Decide(Input(ANode(), new NodePatchSpec(), failed, Ended("scan"))).Effects);
        var next = Decide(Input(ANode(), new NodePatchSpec(), failed, Ended("scan")) with { Now = Noon.AddMinutes(1) }).Effects;
        Assert.Equal(new DeleteJob("scan"), next[0]);
        Assert.IsType<CreateJob>(next[1]);
    }

    [Fact]
    public void No_scan_begins_while_a_Job_is_at_work_whose_making_was_not_written_down()
    {
        var decision = Decide(Input(Ours, new NodePatchSpec(), new NodePatchStatus(), AtWork("patch")));

        Assert.Empty(decision.Effects);
        Assert.Equal("due for a scan, and waits for a Job that is still at work on the node", decision.Why);
        Assert.Equal(new Uncordon(Key), Decide(Input(Ours, new NodePatchSpec(), new NodePatchStatus(), Ended("patch"))).Effects[0]);
    }

    [Fact]
    public void A_node_that_failed_away_is_uncordoned_when_it_is_back()
    {
        var failed = Scanned() with { Phase = NodePhase.Failed, LastOperation = new OperationRecord { RunUid = "run-uid", Result = OperationResult.Failed } };

        Assert.Empty(Decide(Input(Ours with { Ready = false }, Asked(), failed)).Effects);
        Assert.Equal([new Uncordon(Key)], Decide(Input(Ours, Asked(), failed)).Effects);
    }

    [Fact]
    public void A_failed_node_that_a_scan_finds_in_order_has_failed_no_longer()
    {
        var failed = Scanned(Package("openssl")) with
        {
            Phase = NodePhase.Failed,
            LastOperation = new OperationRecord { RunUid = "run-uid", Result = OperationResult.Failed },
        };
        var mended = Decide(Input(ANode(), Asked(), failed.WaitingFor("scan"), Ended("scan", Done())));
        var not = Decide(Input(ANode(), Asked(), failed.WaitingFor("scan"), Ended("scan", Done(false, Package("openssl")))));

        Assert.Equal((NodePhase.Idle, ComplianceState.Compliant), (mended.Status.Phase, mended.Status.Compliance!.State));
        Assert.Equal((NodePhase.Failed, Reasons.OperationFailed), (not.Status.Phase, not.Status.Compliance!.Reason));
        Assert.Contains(not.Status.Conditions, condition => condition is { Type: ConditionTypes.Stalled, Status: "True", Reason: Reasons.OperationFailed });
    }

    [Fact]
    public void A_Job_is_dated_when_it_is_reserved_and_the_date_stays_while_it_is_that_Job()
    {
        var reserved = Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus())).Status;
        Assert.Equal(Noon, reserved.JobSince);

        var waiting = Input(ANode(), new NodePatchSpec(), reserved, AtWork(reserved.Job!)) with { Now = Noon.AddSeconds(40) };
        Assert.Equal(Noon, Decide(waiting).Status.JobSince);

        var scanned = Decide(waiting with { Jobs = new Dictionary<string, JobFacts> { [reserved.Job!] = Ended(reserved.Job!, Done()) } }).Status;
        Assert.Equal((null, null), (scanned.Job, scanned.JobSince));
    }

    [Fact]
    public void The_Job_of_another_attempt_has_a_date_of_its_own()
    {
        var first = Scanned().InPhase(NodePhase.Patching).WaitingFor(NameOf(OperationStep.Patch)) with { JobSince = Noon.AddHours(-1) };

        var second = Decide(InTurn(first, null, Ended(NameOf(OperationStep.Patch)))).Status;

        Assert.Equal((NameOf(OperationStep.Patch, 2), Noon), (second.Job, second.JobSince));
    }

    /// <summary>It is what is foretold of the next ones from.</summary>
    [Theory]
    [InlineData(95, 95)]
    [InlineData(0, 0)]
    [InlineData(null, null)]
    public void A_scan_has_taken_from_its_reservation_to_its_report(int? since, int? seconds)
    {
        var status = new NodePatchStatus().WaitingFor("scan") with { JobSince = since is { } ago ? Noon.AddSeconds(-ago) : null };

        Assert.Equal(seconds, Decide(Input(ANode(), new NodePatchSpec(), status, Ended("scan", Done()))).Status.LastScan!.Seconds);
    }
}
