using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class EmergenciesTests
{
    private const string Reason = "CVE-2026-0001";

    [Fact]
    public void An_annotation_is_taken_up_step_by_step_each_of_which_may_be_the_last_before_a_crash()
    {
        var first = Decide(Annotated());
        var second = Decide(Annotated(first.Status));
        var third = Decide(Annotated(first.Status) with { RunNames = ["workers-emergency-20261120"] });
        var fourth = Decide(AmongThem() with { Policy = Known(first.Status) });

        Assert.Equal(new PolicyEmergency { Reason = Reason, Run = "workers-emergency-20261120" }, first.Status.Emergency);
        Assert.Equal(TimeSpan.Zero, first.WakeUp);
        Assert.DoesNotContain(first.Effects, effect => effect is CreateRun or RemoveAnnotations);
        var made = Assert.Single(second.Effects.OfType<CreateRun>());
        Assert.Equal(("workers-emergency-20261120", RunTrigger.Emergency, Reason, null), (made.Name, made.Run.Trigger, made.Run.Emergency!.Reason, made.Run.Planned));
        Assert.DoesNotContain(second.Effects, effect => effect is RemoveAnnotations);
        Assert.DoesNotContain(third.Effects, effect => effect is CreateRun);
        Assert.Equal((PatchPolicy.KindName, "7"), Assert.Single(third.Effects.OfType<RemoveAnnotations>()) is var removed ? (removed.Kind, removed.Version) : default);
        Assert.Null(fourth.Status.Emergency);
    }

    [Fact]
    public void Another_reason_is_another_emergency_and_a_suspended_policy_takes_none_up()
    {
        var known = new PatchPolicyStatus { Emergency = new PolicyEmergency { Reason = "another", Run = "workers-emergency-20261120" } };
        var input = Annotated(known) with { RunNames = ["workers-emergency-20261120"] };
        var suspended = Annotated();
        suspended.Policy.Spec = suspended.Policy.Spec with { Suspend = true };

        Assert.Equal("workers-emergency-20261120-2", new Emergencies(input).Asked!.Run);
        Assert.Null(new Emergencies(suspended).Asked);
    }

    private static readonly Dictionary<string, (RunEmergency Emergency, string[] Nodes, string[] Updates)> Plans = new()
    {
        ["all"] = (new RunEmergency(), ["a", "b"], ["curl", "libnew", "openssl"]),
        ["named"] = (new RunEmergency { Packages = ["open*"] }, ["a"], ["openssl", "libnew"]),
        ["nothing that is pending"] = (new RunEmergency { Packages = ["bash"] }, [], []),
    };

    public static TheoryData<string> Names => [.. Plans.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_run_that_a_person_has_made_gets_its_plan(string what)
    {
        var (emergency, nodes, updates) = Plans[what];
        var effects = new Emergencies(Asking(emergency)).Effects.ToList();
        var (plan, bind) = (Assert.IsType<CreatePlan>(effects[0]), Assert.IsType<BindRun>(effects[1]));

        Assert.Equal(2, effects.Count);
        Assert.Equal(nodes, plan.Plan.Nodes.Select(node => node.Name));
        Assert.Equal(updates.Order(StringComparer.Ordinal), plan.Plan.Updates.Select(update => update.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("now", "policy-uid", plan.Name), (bind.Name, bind.Policy.Uid, bind.Plan.Name));
        Assert.StartsWith("now-", plan.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApprovalMode.Manual, null, ApprovalMode.Manual, ApprovalMode.Manual)]
    [InlineData(ApprovalMode.Manual, ApprovalMode.Automatic, ApprovalMode.Automatic, ApprovalMode.Automatic)]
    [InlineData(ApprovalMode.Automatic, ApprovalMode.Manual, ApprovalMode.Manual, ApprovalMode.Automatic)]
    public void It_has_a_rule_of_approval_of_its_own(ApprovalMode common, ApprovalMode? own, ApprovalMode approval, ApprovalMode ofWave)
    {
        var input = Asking(new RunEmergency());
        input.Policy.Spec = input.Policy.Spec with
        {
            Rollout = new PolicyRollout { Approval = common, Waves = [new RolloutWave { Name = "canary", Size = 1, Approval = ApprovalMode.Manual }] },
            Emergency = new EmergencySettings { Approval = own },
        };
        var plan = new Emergencies(input).Effects.OfType<CreatePlan>().Single().Plan;

        Assert.Equal((approval, ofWave), (plan.Approval, plan.Waves![0].Approval));
    }

    private static readonly Dictionary<string, (NodePatchStatus Node, bool IsAwaited)> Knowledge = new()
    {
        ["never scanned"] = (new NodePatchStatus(), true),
        ["scanned before it was asked for"] = (ScannedFrom(Noon.AddSeconds(-1)), true),
        ["a scan that began before, and ended since"] = (ScannedFrom(Noon.AddSeconds(-1)) with { LastScan = new NodeScan { Time = Noon, StartedAt = Noon.AddSeconds(-1) } }, true),
        ["a scan since, of which the list was lost"] = (new NodePatchStatus { LastScan = new NodeScan { Time = Noon, StartedAt = Noon, DetailsUnavailable = true } }, true),
        ["scanned since"] = (ScannedFrom(Noon), false),
        ["a scan that failed before"] = (ScannedFrom(Noon.AddHours(-1)) with { ScanFailure = new ScanFailure { At = Noon.AddMinutes(-1), Count = 1 } }, true),
        ["a scan that failed since"] = (ScannedFrom(Noon.AddHours(-1)) with { ScanFailure = new ScanFailure { At = Noon.AddMinutes(1), Count = 1 } }, false),
    };

    public static TheoryData<string> WhatIsKnown => [.. Knowledge.Keys];

    /// <summary>What came out since the last scans is what it is for.</summary>
    [Theory, MemberData(nameof(WhatIsKnown))]
    public void It_waits_for_scans_that_begin_once_it_was_asked_for_but_not_for_ever(string what)
    {
        var (node, isAwaited) = Knowledge[what];
        var input = Asking(new RunEmergency(), View("c", node));

        Assert.Equal(Noon, new Emergencies(input).ScanSince);
        Assert.Equal(isAwaited, !new Emergencies(input).Effects.Any());
        Assert.Equal(isAwaited ? Noon.AddMinutes(10) : null, new Emergencies(input).Until);
        Assert.NotEmpty(new Emergencies(input with { Now = Noon.AddMinutes(10) }).Effects);
    }

    [Fact]
    public void A_policy_without_one_goes_by_all_scans() => Assert.Null(new Emergencies(AmongThem()).ScanSince);

    private static NodePatchStatus ScannedFrom(DateTimeOffset startedAt, params PendingPackage[] pending) =>
        Scanned(pending) with { LastScan = Scanned().LastScan! with { StartedAt = startedAt } };

    private static PolicyInput Annotated(PatchPolicyStatus? status = null)
    {
        var policy = Known(status ?? new PatchPolicyStatus());
        (policy.Metadata.Annotations, policy.Metadata.ResourceVersion) = (new Dictionary<string, string> { [ApiGroup.EmergencyAnnotation] = Reason }, "7");
        return AmongThem() with { Policy = policy };
    }

    private static PatchPolicy Known(PatchPolicyStatus status)
    {
        var policy = APolicy();
        policy.Status = status;
        return policy;
    }

    private static PolicyInput Asking(RunEmergency emergency, params NodeView[] others)
    {
        var run = ARun(name: "now");
        run.Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Trigger = RunTrigger.Emergency, Emergency = emergency };
        return AmongThem(others) with { Unplanned = [run] };
    }

    private static PolicyInput AmongThem(params NodeView[] others) =>
        Input(
        [
            View("a", ScannedFrom(Noon, Package("openssl"), Package("libnew", installed: null))), View("b", ScannedFrom(Noon, Package("curl"))), View("d", ScannedFrom(Noon)), .. others,
        ]) with
        {
            Windows = Named(ClosedWindow()),
        };

    private static Decision<PatchPolicyStatus> Decide(PolicyInput input) => PolicyDecider.Decide(input, []);
}
