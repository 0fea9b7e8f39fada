using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class InventoryTests
{
    [Fact]
    public void An_unknown_reboot_state_is_neither_compliant_nor_pending_reboot()
    {
        var decision = Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), Ended("scan", Done(reboot: null))));

        Assert.Equal("Unknown", decision.Status.RebootRequired!.Status);
        Assert.Equal((ComplianceState.Unknown, Reasons.RebootUnknown), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
    }

    [Fact]
    public void The_time_an_update_was_first_seen_is_kept_and_security_comes_first()
    {
        var status = Scanned(Package("openssl"), Package("openssl"));
        var found = Apply(status, Done(false, Package("vim", security: false), Package("openssl"), Package("curl")));

        Assert.Equal([("curl", Noon), ("openssl", Noon.AddHours(-1)), ("vim", Noon)], found.Pending.Select(package => (package.Name, package.FirstSeen)));
    }

    [Fact]
    public void A_newer_version_does_not_begin_anew_but_the_first_that_is_of_security_does()
    {
        var status = Scanned(Package("openssl", candidate: "2", security: false), Package("curl", candidate: "2"));
        var found = Apply(status, Done(false, Package("openssl", candidate: "3"), Package("curl", candidate: "3")));

        Assert.Equal([("curl", Noon.AddHours(-1)), ("openssl", Noon)], found.Pending.Select(package => (package.Name, package.FirstSeen)));
    }

    [Fact]
    public void What_another_node_has_seen_before_is_no_news()
    {
        var elsewhere = new FirstSeen();
        elsewhere.Add(Scanned(Package("curl") with { FirstSeen = Noon.AddDays(-3) }));
        var input = Input(ANode(), new NodePatchSpec(), Scanned()) with { SeenElsewhere = names => names.Contains("curl") ? elsewhere : new FirstSeen() };
        var found = Inventory.Apply(input, Done(false, Package("curl"), Package("openssl")));

        Assert.Equal([("curl", Noon.AddDays(-3)), ("openssl", Noon)], found.Pending.Select(package => (package.Name, package.FirstSeen)));
    }

    [Fact]
    public void Of_what_nobody_asks_for_at_most_a_hundred_are_listed_and_what_is_missing_is_counted()
    {
        var found = Apply(Scanned(), Done(false, [.. Many(150, security: false), Package("openssl")]));

        Assert.Equal(("openssl", 100, 151), (found.Pending[0].Name, found.Pending.Count, found.PendingCount!.Total));
        Assert.Equal((51, 0, 0), (found.PendingCut!.Updates, found.PendingCut.Wanted, found.PendingCut.WantedBlocked));
        Assert.Null(Apply(found, Done(false, Package("openssl"))).PendingCut);
    }

    /// <summary>Whatever its name, and however many others there are.</summary>
    [Fact]
    public void What_the_policy_asks_for_is_listed_before_all_else()
    {
        var include = new UpdateSettings { Include = ["zz*"] };
        var status = Apply(Scanned(), Done(false, [.. Many(150), Package("zz-app"), Package("zz-lib") with { Blocked = "pinned at 1" }]), include);

        Assert.Equal(["zz-app", "zz-lib"], status.Pending.Take(2).Select(package => package.Name));
        Assert.Equal(
            (ComplianceState.NonCompliant, Reasons.UpdatesPending),
            (ComplianceOf("workers", With(include).Spec, status, Noon).State, ComplianceOf("workers", With(include).Spec, status, Noon).Reason));
    }

    /// <summary>The agent would refuse them by halves, each night anew.</summary>
    [Fact]
    public void What_was_built_from_one_source_is_listed_together_or_not_at_all()
    {
        PendingPackage[] fresh = [Package("zz-needed", "9", installed: null)];
        PendingPackage[] suite = [.. Enumerable.Range(0, 3).Select(number => Package($"m-suite-{number}", number == 0 ? "7.1+b1" : "7.1"))];
        var found = Apply(Scanned(), Done(false, [.. Distinct(498, "a"), .. suite, .. Distinct(498, "z"), .. fresh])).Pending;

        Assert.Equal(500, found.Count);
        Assert.DoesNotContain(found, package => package.Name.StartsWith("m-suite", StringComparison.Ordinal));
        Assert.Contains(found, package => package.Name == "zz-needed");

        var whole = Apply(Scanned(), Done(false, [.. Distinct(400, "a"), .. suite, .. Distinct(498, "z")]));
        Assert.Equal(3, whole.Pending.Count(package => package.Name.StartsWith("m-suite", StringComparison.Ordinal)));
        Assert.Equal((401, 401), (whole.PendingCut!.Updates, whole.PendingCut.Wanted));
    }

    /// <summary>Neither anew, as what comes after the first 500 would never be approved in time, nor by the time of another.</summary>
    [Fact]
    public void What_is_not_listed_waits_from_when_it_was_first_seen()
    {
        var waiting = new UpdateSettings { ApproveAfter = "7d" };
        var first = Apply(Scanned(), Done(false, Distinct(700, "a")), waiting);
        Assert.Equal((500, 200), (first.Pending.Count, Assert.Single(first.PendingCut!.Seen!).Names.Count));

        var input = Input(ANode(), new NodePatchSpec(), first) with { Policy = new PolicyTerms(With(waiting), []), Now = Noon.AddDays(8) };
        var found = Inventory.Apply(input, Done(false, [.. Distinct(700, "a")[500..], Package("new")]));

        Assert.Equal(201, found.Pending.Count);
        Assert.All(found.Pending, package => Assert.Equal(package.Name == "new" ? Noon.AddDays(8) : Noon, package.FirstSeen));
        Assert.Null(found.PendingCut);
        Assert.Null(Apply(Scanned(), Done(false, Distinct(700, "a"))).PendingCut!.Seen);
    }

    /// <summary>What there is no room for waits anew: a status that the API server refuses would stop everything.</summary>
    [Fact]
    public void What_is_not_listed_has_room_in_a_status()
    {
        var found = Apply(Scanned(), Done(false, [.. Distinct(20_000, new string('x', 200))]), new UpdateSettings { ApproveAfter = "7d" });

        Assert.InRange(found.PendingCut!.Seen!.Sum(seen => seen.Names.Count), 300, 2000);
        Assert.InRange(System.Text.Json.JsonSerializer.Serialize(found.PendingCut).Length, 50_000, 70_000);
    }

    [Fact]
    public void A_group_that_is_too_large_by_itself_is_listed_in_part() => Assert.Equal(500, Apply(Scanned(), Done(false, Many(700))).Pending.Count);

    /// <summary>An archive may offer any nonsense, and an API server would refuse the whole status.</summary>
    [Fact]
    public void Whatever_is_pending_has_room_in_a_status()
    {
        var nonsense = Distinct(700, "a").Select(package => package with
        {
            Name = package.Name + new string('x', 500),
            Blocked = new string('y', 5000),
            Cves = [.. Enumerable.Range(0, 40).Select(number => $"{number}" + new string('z', 400))],
        });

        Assert.InRange(System.Text.Json.JsonSerializer.Serialize(Apply(Scanned(), Done(false, [.. nonsense]))).Length, 100_000, 300_000);
    }

    /// <summary>A part of them would be too few.</summary>
    [Fact]
    public void What_would_go_for_an_update_is_listed_whole_or_not_at_all()
    {
        Assert.Equal(20, Listed(20, "old")!.Count);
        Assert.Null(Listed(21, "old"));
        Assert.Null(Listed(1, new string('x', 300)));

        static List<string>? Listed(int count, string prefix) => Apply(Scanned(), Done(false, Package("app") with
        {
            Blocked = "would break old",
            Removes = [.. Enumerable.Range(0, count).Select(number => $"{prefix}{number:00}")],
        })).Pending[0].Removes;
    }

    [Fact]
    public void What_may_be_had_for_a_removal_is_listed_as_what_can_be_installed_and_another_list_of_removals_asks_for_another_look()
    {
        var (stuck, updates) = (Many(700).Select(package => package with { Blocked = "would break old", Removes = ["old"] }).ToArray(), new UpdateSettings { AllowRemovals = ["old"] });

        var (told, before) = (Apply(Scanned(), Done(false, stuck), updates), Apply(Scanned(), Done(false, stuck), new UpdateSettings()));

        Assert.Equal((200, 0), (told.PendingCut!.Wanted, told.PendingCut.WantedBlocked));
        Assert.Equal((0, 200), (before.PendingCut!.Wanted, before.PendingCut.WantedBlocked));
        Assert.NotEqual(told.PendingCut.Rules, before.PendingCut.Rules);
    }

    [Fact]
    public void A_vulnerability_that_the_policy_names_counts_however_many_others_an_update_mends()
    {
        var named = new UpdateSettings { MinSeverity = UpdateSeverity.Critical, Advisories = ["CVE-2026-0055"] };
        var kernel = Package("kernel") with { Severity = UpdateSeverity.Low, Cves = [.. Enumerable.Range(0, 60).Select(number => $"CVE-2026-00{number:00}")] };

        var asked = Apply(Scanned(), Done(false, kernel), named);
        Assert.Equal((20, "CVE-2026-0055"), (asked.Pending[0].Cves!.Count, asked.Pending[0].Cves![0]));
        Assert.True(Assessment.Of(With(named).Spec, asked).NeedsRun);

        // Where nobody has asked for it yet, it is known not to be known.
        var before = Apply(Scanned(), Done(false, kernel), named with { Advisories = [] });
        Assert.Equal(Reasons.UpdatesUnlisted, ComplianceOf("workers", With(named).Spec, before, Noon).Reason);
        Assert.Equal(Reasons.Compliant, ComplianceOf("workers", With(named with { Advisories = [] }).Spec, before, Noon).Reason);
    }

    [Fact]
    public void A_list_that_was_cut_for_something_else_is_no_proof_and_has_the_node_scanned_again()
    {
        var status = Apply(Scanned(), Done(false, [.. Many(150)]), new UpdateSettings { Include = ["nothing"] });
        var later = new UpdateSettings { Include = ["zz*"] };

        Assert.Equal(Reasons.Compliant, ComplianceOf("workers", With(new UpdateSettings { Include = ["nothing"] }).Spec, status, Noon).Reason);
        var (state, reason) = ComplianceOf("workers", With(later).Spec, status, Noon) is var judged ? (judged.State, judged.Reason) : default;
        Assert.Equal((ComplianceState.Unknown, Reasons.UpdatesUnlisted), (state, reason));
        Assert.IsType<Effects.CreateJob>(Assert.Single(Decide(Input(ANode(), new NodePatchSpec(), status) with { Policy = new PolicyTerms(With(later), []) }).Effects));
        // Also where the count of what is asked for by now tells that the list lacks some.
        var simple = new PolicyTerms(With(new UpdateSettings()), []);
        Assert.IsType<Effects.CreateJob>(Assert.Single(Decide(Input(ANode(), new NodePatchSpec(), status) with { Policy = simple }).Effects));
        // What is not asked for in any case is nothing to be scanned for.
        Assert.Equal(Reasons.Compliant, ComplianceOf("workers", APolicy().Spec, Apply(Scanned(), Done(false, Many(150, security: false)), later), Noon).Reason);
    }

    [Fact]
    public void What_a_summary_does_not_tell_stays_as_it_was_known()
    {
        var summary = new StepReport
        {
            Succeeded = true,
            Reason = "Completed",
            Message = "done",
            HasDetails = false,
            PendingCount = new PendingCount { Security = 1, Total = 1 },
        };
        var found = Apply(Scanned(Package("openssl")), summary);

        Assert.Equal(("openssl", "debian-12", 100), (Assert.Single(found.Pending).Name, found.Node!.OsFamily, found.LastScan!.Packages));
        Assert.True(found.LastScan.DetailsUnavailable);
        Assert.Empty(Apply(Scanned(Package("openssl")), summary with { PendingCount = new PendingCount() }).Pending);
    }

    [Fact]
    public void Services_that_run_replaced_code_are_named_as_far_as_there_is_room_and_change_nothing_else()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(number => $"app-{number:00}.service")];
        var found = Apply(Scanned(), Done() with { OutdatedServices = new OutdatedServices { Count = 30, Names = [.. names] } });

        Assert.Equal((30, 20), (found.OutdatedServices!.Count, found.OutdatedServices.Names.Count));
        Assert.Equal(names.Take(20), found.OutdatedServices.Names);
        Assert.Equal(Reasons.Compliant, ComplianceOf("workers", APolicy().Spec, found, Noon).Reason);
        Assert.Empty(Apply(found, Done() with { OutdatedServices = new OutdatedServices() }).OutdatedServices!.Names);
        Assert.Null(Apply(found, Done()).OutdatedServices);
    }

    /// <summary>The operator may read a report long after: by then somebody may have rebooted the node.</summary>
    [Theory]
    [InlineData("boot-1", "boot-1")]
    [InlineData(null, "boot-2")]
    public void What_a_Job_found_is_of_the_boot_that_it_was_made_in(string? ofJob, string expected)
    {
        var input = Input(ANode() with { BootId = "boot-2" }, new NodePatchSpec(), Scanned().WaitingFor("scan"), Ended("scan") with { BootId = ofJob });

        Assert.Equal(expected, Inventory.Apply(input, Done(true)).Node!.BootId);
    }

    private static NodePatchStatus Apply(NodePatchStatus status, StepReport report, UpdateSettings? updates = null) =>
        Inventory.Apply(Input(ANode(), new NodePatchSpec(), status) with { Policy = new PolicyTerms(With(updates ?? new UpdateSettings()), []) }, report);

    private static PatchPolicy With(UpdateSettings updates) => APolicy(spec => spec with { Updates = updates });

    private static PendingPackage[] Many(int count, bool security = true) =>
        [.. Enumerable.Range(0, count).Select(number => Package($"package-{number:000}", security: security))];

    private static PendingPackage[] Distinct(int count, string prefix) =>
        [.. Enumerable.Range(0, count).Select(number => Package($"{prefix}-{number:000}", $"1.{prefix}.{number}"))];
}
