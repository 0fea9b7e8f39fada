using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Compliances;

/// <summary>What is called compliant is compliant: packages are whole, nothing is missing, and enough was known to say so.</summary>
public class HonestComplianceTests
{
    private static readonly NodePatchStatus Fine = Scanned() with
    {
        IncompleteCount = 0,
        Lists = new PackageLists { Complete = true, RefreshedAt = Noon.AddHours(-1) },
        PendingCount = new PendingCount(),
    };

    private static readonly NodePatchStatus Broken = Fine with
    {
        IncompleteCount = 7,
        Incomplete = [.. Enumerable.Range(1, 7).Select(number => new IncompletePackage { Name = $"p{number}", State = "half-configured" })],
    };

    private static readonly NodePatchStatus Listless =
        Fine with { Lists = new PackageLists { Complete = false, Message = "no archive of packages is configured" } };

    private static readonly NodePatchStatus Old = Fine with { Lists = new PackageLists { Complete = true, RefreshedAt = Noon.AddDays(-7) } };

    public static TheoryData<string, NodePatchStatus, UpdateSettings, ComplianceState, string, string> Table { get; } = new()
    {
        { "nothing is wrong", Fine, new(), ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending" },
        {
            "packages are broken", Broken, new(), ComplianceState.NonCompliant, Reasons.PackagesIncomplete,
            "7 packages are not whole: p1 (half-configured), p2 (half-configured), p3 (half-configured), p4 (half-configured), p5 (half-configured), …"
        },
        {
            "only the count is known", Fine with { IncompleteCount = 1 }, new(), ComplianceState.NonCompliant, Reasons.PackagesIncomplete,
            "1 packages are not whole: the next scan lists them"
        },
        {
            "the operation that broke them failed", Broken with { Phase = NodePhase.Failed }, new(), ComplianceState.NonCompliant, Reasons.PackagesIncomplete,
            "p1 (half-configured)"
        },
        {
            "broken, and without lists", Broken with { Lists = Listless.Lists }, new(), ComplianceState.NonCompliant, Reasons.PackagesIncomplete,
            "p1 (half-configured)"
        },
        {
            "a fix is blocked", With(Fix), new(), ComplianceState.NonCompliant, Reasons.UpdatesBlocked,
            "1 updates cannot be installed: libfoo 2 (would break oldapp)"
        },
        {
            "a fix is pending beside one that is blocked", With(Fix, Package("openssl")), new(), ComplianceState.NonCompliant, Reasons.UpdatesPending,
            "1 approved updates are pending: openssl"
        },
        { "a fix is blocked and excluded", With(Fix), new() { Exclude = ["lib*"] }, ComplianceState.Compliant, Reasons.Compliant, "" },
        { "a fix is blocked and not included", With(Fix), new() { Include = ["openssl"] }, ComplianceState.Compliant, Reasons.Compliant, "" },
        { "a fix is blocked and included", With(Fix), new() { Include = ["lib*"] }, ComplianceState.NonCompliant, Reasons.UpdatesBlocked, "libfoo" },
        { "another update is blocked", With(Fix with { Security = false }), new(), ComplianceState.Compliant, Reasons.Compliant, "" },
        {
            "another update is blocked and wanted", With(Fix with { Security = false }), new() { Classification = UpdateClassification.All },
            ComplianceState.NonCompliant, Reasons.UpdatesBlocked, "libfoo"
        },
        {
            "a blocked fix that something may go for", With(Fix with { Removes = ["oldapp"] }), new() { AllowRemovals = ["oldapp"] },
            ComplianceState.NonCompliant, Reasons.UpdatesPending, "libfoo"
        },
        {
            "a blocked fix that something would have to go for", With(Fix with { Removes = ["oldapp"] }), new(),
            ComplianceState.NonCompliant, Reasons.UpdatesBlocked, "libfoo 2 (would break oldapp)"
        },
        { "a blocked fix is held", With(Fix with { Held = true }), new(), ComplianceState.Compliant, Reasons.Compliant, "" },
        {
            "blocked fixes are counted, not listed", Fine with { PendingCount = new PendingCount { Blocked = 3, BlockedSecurity = 1 } }, new(),
            ComplianceState.NonCompliant, Reasons.UpdatesBlocked, "the scan's report says why"
        },
        {
            "blocked others are counted, not listed", Fine with { PendingCount = new PendingCount { Blocked = 3 } }, new(), ComplianceState.Compliant,
            Reasons.Compliant, ""
        },
        { "lists are missing", Listless, new(), ComplianceState.Unknown, Reasons.ListsMissing, "no archive of packages is configured" },
        { "lists are missing and a reboot is due", Listless.NeedingReboot(), new(), ComplianceState.Unknown, Reasons.ListsMissing, "no archive" },
        {
            "lists are missing in part and a fix is pending all the same", With(Package("openssl")) with { Lists = Listless.Lists }, new(),
            ComplianceState.NonCompliant, Reasons.UpdatesPending, "openssl"
        },
        {
            "lists are old", Old, new(), ComplianceState.Unknown, Reasons.ListsStale,
            "the package lists are of 2026-11-13 12:00 UTC, older than updates.maxListAge of 7d"
        },
        { "lists are old, and may be", Old, new() { MaxListAge = "8d" }, ComplianceState.Compliant, Reasons.Compliant, "" },
        { "lists are not known of, as before an upgrade of the operator", Fine with { Lists = null }, new(), ComplianceState.Compliant, Reasons.Compliant, "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_node_is_judged_by_all_that_is_known_of_it(
        string when, NodePatchStatus status, UpdateSettings updates, ComplianceState state, string reason, string message)
    {
        var compliance = ComplianceOf("workers", APolicy().Spec with { Updates = updates }, status, Noon);

        Assert.True((state, reason) == (compliance.State, compliance.Reason), $"{when}: {compliance.State} {compliance.Reason}: {compliance.Message}");
        Assert.Contains(message, compliance.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_turn_stale_by_themselves_when_that_is_before_the_scan_does()
    {
        var spec = APolicy().Spec;

        Assert.Equal(Noon.AddHours(47), Assessment.Of(spec, Fine).StaleAfter(Noon));
        Assert.Equal(Noon, Assessment.Of(spec, Old).StaleAfter(Noon.AddSeconds(-1)));
        Assert.Equal(Noon.AddHours(47), Assessment.Of(spec, Old).StaleAfter(Noon));
        Assert.Null(Assessment.Of(spec, new NodePatchStatus()).StaleAfter(Noon));
    }

    [Fact]
    public void Packages_that_are_not_whole_need_a_run_and_blocked_updates_do_not()
    {
        var spec = APolicy().Spec;

        Assert.True(Assessment.Of(spec, Broken).NeedsRun);
        Assert.False(Assessment.Of(spec, With(Fix)).NeedsRun);
        Assert.Empty(Approval.Pending(spec.Updates, With(Fix)));
    }

    [Fact]
    public void The_turn_of_a_node_whose_packages_are_not_whole_patches_it_although_no_update_is_approved()
    {
        var spec = Asked() with { Operation = Asked().Operation! with { Updates = [] } };

        Assert.Equal(NodePhase.Patching, NodeDecider.Decide(Input(ANode(), spec, Broken)).Status.Phase);
        Assert.Equal(NodePhase.Verifying, NodeDecider.Decide(Input(ANode(), spec, Fine)).Status.Phase);
    }

    [Fact]
    public void A_report_says_what_is_broken_even_where_it_cannot_say_what_is_pending()
    {
        var report = Failure("RepositoryUnavailable", "the mirror is down") with
        {
            IncompleteCount = 30,
            Incomplete = [.. Enumerable.Range(1, 30).Select(number => new IncompletePackage { Name = $"p{number}", State = "unpacked" })],
        };

        var broken = Inventory.ApplyIncomplete(Fine, report);

        Assert.Equal(
            (30, 20, 0),
            (broken.IncompleteCount, broken.Incomplete.Count, Inventory.Apply(Input(ANode(), Asked(), broken), Done() with { IncompleteCount = 0 }).Incomplete.Count));
        Assert.Same(Fine, Inventory.ApplyIncomplete(Fine, Failure("x", "y")));
    }

    private static PendingPackage Fix => Package("libfoo") with { Blocked = "would break oldapp" };

    private static NodePatchStatus With(params PendingPackage[] pending) => Fine with { Pending = [.. pending] };
}
