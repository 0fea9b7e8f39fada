using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Tests.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

/// <summary>Updates that a policy approves seven days after they were first seen; those of most tests were seen an hour ago.</summary>
public class DeferralsTests
{
    private static readonly DateTimeOffset Due = Noon.AddHours(-1).AddDays(7);

    [Fact]
    public void What_is_new_waits_and_is_approved_when_its_time_has_come()
    {
        var status = Scanned(Package("openssl"));
        var policy = Waiting();

        policy.Status = Decide(policy, Noon, status).Status;
        var early = Decide(policy, Due.AddSeconds(-2), status);
        var due = Decide(policy, Due, status);

        Assert.Equal(0, policy.Status.Updates!.Total);
        Assert.DoesNotContain(early.Effects, effect => effect is CreateRun);
        Assert.Equal((Noon.AddDays(-7).AddSeconds(1), Noon.AddDays(-7).AddSeconds(1)), (policy.Status.SeenBefore, early.Status.SeenBefore));
        Assert.Equal(TimeSpan.FromSeconds(2), early.WakeUp);
        Assert.True(due.Status.SeenBefore >= Noon.AddHours(-1));
        policy.Status = due.Status;
        Assert.Equal("openssl", Assert.Single(Assert.Single(Decide(policy, Due, status).Effects.OfType<CreatePlan>()).Plan.Updates).Name);
    }

    [Fact]
    public void A_time_that_changes_nothing_is_not_written()
    {
        var policy = Waiting();
        policy.Status = Decide(policy, Noon, Scanned()).Status;

        Assert.Equal(policy.Status.SeenBefore, Deferrals.SeenBefore(InputOf(policy, Noon.AddHours(5), Scanned())));
    }

    [Fact]
    public void A_policy_that_makes_updates_wait_longer_takes_back_what_it_has_not_used()
    {
        var policy = Waiting();
        policy.Status = new PatchPolicyStatus { SeenBefore = Noon };

        Assert.Equal(Noon.AddDays(-7).AddSeconds(1), Deferrals.SeenBefore(InputOf(policy, Noon, Scanned())));
        Assert.Null(Deferrals.SeenBefore(InputOf(APolicy(), Noon, Scanned())));
    }

    [Theory]
    [InlineData("new", false)]
    [InlineData("named by its advisory", true)]
    [InlineData("seen long ago", true)]
    [InlineData("on a node that fell behind", true)]
    public void Some_wait_for_nothing(string what, bool approved)
    {
        var package = Package("openssl") with { FirstSeen = what == "seen long ago" ? Noon.AddDays(-8) : Noon, Cves = ["CVE-2026-0001"] };
        var spec = Waiting(updates => what.StartsWith("named", StringComparison.Ordinal) ? updates with { Advisories = ["CVE-2026-0001"] } : updates).Spec;
        var status = Scanned(package) with { Quarantine = what.Contains("fell", StringComparison.Ordinal) ? new NodeQuarantine { Since = Noon } : null };

        var assessment = Assessment.Of(spec, status, exempt: null, seenBefore: Noon.AddDays(-7));

        Assert.Equal((approved ? 1 : 0, approved ? 0 : 1), (assessment.Approved.Count, assessment.Deferred.Count));
    }

    [Fact]
    public void What_waits_is_nothing_against_compliance_and_named()
    {
        var verdict = Assessment.Of(Waiting().Spec, Scanned(Package("openssl"))).Found(Noon);

        Assert.Equal((ComplianceState.Compliant, "no approved update is pending and no reboot is due; 1 updates wait until they have been known for 7d: openssl"),
            (verdict.State, verdict.Message));
    }

    /// <summary>Until its time has come; then the node has updates pending, whatever the next scan lists.</summary>
    [Fact]
    public void What_waits_and_is_not_listed_is_nothing_against_compliance_either()
    {
        var policy = Waiting();
        var status = Scanned() with
        {
            PendingCount = new PendingCount { Security = 2, Total = 2 },
            PendingCut = new PendingCut
            {
                Updates = 2,
                Wanted = 2,
                Seen = [new SeenUpdates { At = Noon.AddHours(-1), Security = true, Names = ["bash", "openssl"] }],
                Rules = Unlisted.RulesOf(policy.Spec.Updates),
            },
        };

        var verdict = Assessment.Of(policy.Spec, status, exempt: null, seenBefore: Noon.AddHours(-2)).Found(Noon);
        Assert.Equal((ComplianceState.Compliant, "no approved update is pending and no reboot is due; 2 updates wait until they have been known for 7d: bash, openssl"),
            (verdict.State, verdict.Message));
        Assert.Equal(ComplianceState.NonCompliant, Assessment.Of(policy.Spec, status, exempt: null, seenBefore: Noon).Found(Noon).State);
        Assert.Equal(ComplianceState.NonCompliant, Assessment.Of(policy.Spec, status with { Quarantine = new NodeQuarantine { Since = Noon } }).Found(Noon).State);
        Assert.Equal(Due, Deferrals.Until(InputOf(policy, Noon, status)));
    }

    [Fact]
    public void A_dependency_alone_that_has_waited_long_enough_is_nothing_to_patch_for()
    {
        var old = Package("libnew", installed: null) with { FirstSeen = Noon.AddDays(-30) };

        Assert.Empty(Assessment.Of(Waiting().Spec, Scanned(Package("openssl"), old), exempt: null, seenBefore: Noon.AddDays(-7)).Approved);
    }

    [Fact]
    public void An_emergency_waits_for_nothing()
    {
        var policy = Waiting();
        var run = new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = "now", CreationTimestamp = Noon.UtcDateTime },
            Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Trigger = RunTrigger.Emergency, Emergency = new RunEmergency { Reason = "now" } },
        };
        var input = InputOf(policy, Noon, Scanned(Package("openssl")) with { LastScan = new NodeScan { Time = Noon, StartedAt = Noon } }) with { Unplanned = [run] };

        var plan = Assert.Single(new Emergencies(input).Effects.OfType<CreatePlan>()).Plan;

        Assert.Equal(("openssl", "a"), (Assert.Single(plan.Updates).Name, Assert.Single(plan.Nodes).Name));
    }

    [Fact]
    public void The_first_of_all_nodes_of_a_system_to_see_an_update_counts()
    {
        var one = With(Snapshot.Empty.WithPolicy("workers", Waiting()), "a", Package("openssl") with { FirstSeen = Noon.AddDays(-3) });
        var both = With(one, "b", Package("openssl") with { FirstSeen = Noon.AddDays(-2) }, Package("curl", security: false) with { FirstSeen = Noon.AddDays(-9) });
        var fleet = both.Fleet;

        DateTimeOffset? Seen(string node, PendingPackage package) => fleet.FirstSeen("workers", fleet[node]!, new HashSet<string> { package.Name }).Of(package);
        Assert.Equal(Noon.AddDays(-3), Seen("b", Package("openssl")));
        Assert.Equal(Noon.AddDays(-9), Seen("a", Package("curl", security: false)));
        Assert.Null(Seen("a", Package("curl")));
        fleet = both.WithNodePatch("c", GivenNodes.APatch(status: Unlisting("openssl"), name: "c")).WithNode("c", ANode("c")).Fleet;
        Assert.Equal(Noon.AddDays(-5), Seen("b", Package("openssl")));
        Assert.Null(Seen("a", Package("bash")));
    }

    private static NodePatchStatus Unlisting(string name) => Scanned() with
    {
        PendingCut = new PendingCut { Seen = [new SeenUpdates { At = Noon.AddDays(-5), Security = true, Names = [name] }] },
    };

    private static Snapshot With(Snapshot snapshot, string node, params PendingPackage[] pending) =>
        snapshot.WithNode(node, ANode(node)).WithNodePatch(node, GivenNodes.APatch(status: Scanned(pending), name: node));

    private static PatchPolicy Waiting(Func<UpdateSettings, UpdateSettings>? change = null) =>
        APolicy(spec => spec with { Updates = (change ?? (updates => updates))(new UpdateSettings { ApproveAfter = "7d" }) });

    private static Decision<PatchPolicyStatus> Decide(PatchPolicy policy, DateTimeOffset now, NodePatchStatus status) =>
        PolicyDecider.Decide(InputOf(policy, now, status), []);

    private static PolicyInput InputOf(PatchPolicy policy, DateTimeOffset now, NodePatchStatus status) =>
        Input(View("a", status, policy: policy)) with { Policy = policy, Now = now, Windows = Named(OpenWindow()) };
}
