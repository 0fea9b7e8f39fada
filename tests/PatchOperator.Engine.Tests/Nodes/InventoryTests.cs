using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
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
        var input = Input(ANode(), new NodePatchSpec(), Scanned()) with { SeenElsewhere = package => package.Name == "curl" ? Noon.AddDays(-3) : null };
        var found = Inventory.Apply(input, Done(false, Package("curl"), Package("openssl")));

        Assert.Equal([("curl", Noon.AddDays(-3)), ("openssl", Noon)], found.Pending.Select(package => (package.Name, package.FirstSeen)));
    }

    [Fact]
    public void At_most_a_hundred_updates_are_listed()
    {
        var found = Apply(Scanned(), Done(false, [.. Enumerable.Range(0, 150).Select(number => Package($"package-{number:000}"))]));

        Assert.Equal((100, 150), (found.Pending.Count, found.PendingCount!.Total));
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

    /// <summary>The operator may read a report long after: by then somebody may have rebooted the node.</summary>
    [Theory]
    [InlineData("boot-1", "boot-1")]
    [InlineData(null, "boot-2")]
    public void What_a_Job_found_is_of_the_boot_that_it_was_made_in(string? ofJob, string expected)
    {
        var input = Input(ANode() with { BootId = "boot-2" }, new NodePatchSpec(), Scanned().WaitingFor("scan"), Ended("scan") with { BootId = ofJob });

        Assert.Equal(expected, Inventory.Apply(input, Done(true)).Node!.BootId);
    }

    private static NodePatchStatus Apply(NodePatchStatus status, StepReport report) => Inventory.Apply(Input(ANode(), new NodePatchSpec(), status), report);
}
