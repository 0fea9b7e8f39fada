using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Compliances;

public class ApprovalTests
{
    public static TheoryData<UpdateSettings, PendingPackage, bool> Cases => new()
    {
        { new UpdateSettings(), Package("openssl"), true },
        { new UpdateSettings(), Package("openssl", security: false), false },
        { new UpdateSettings { Classification = UpdateClassification.All }, Package("openssl", security: false), true },
        { new UpdateSettings { Include = ["open*"] }, Package("openssl"), true },
        { new UpdateSettings { Include = ["curl"] }, Package("openssl"), false },
        { new UpdateSettings { Include = ["curl"] }, Package("libnew", installed: null), true },
        { new UpdateSettings { Include = ["*"], Exclude = ["openssl"] }, Package("openssl"), false },
        { new UpdateSettings { Exclude = ["libnew"] }, Package("libnew", installed: null), false },
        { new UpdateSettings { Include = ["openssl"] }, Package("openssl", held: true), false },
        { new UpdateSettings { MinSeverity = UpdateSeverity.Important }, Package("openssl") with { Severity = UpdateSeverity.Moderate }, false },
        { new UpdateSettings { MinSeverity = UpdateSeverity.Important }, Package("openssl") with { Severity = UpdateSeverity.Important }, true },
        { new UpdateSettings { MinSeverity = UpdateSeverity.Important }, Package("openssl") with { Severity = UpdateSeverity.Critical }, true },
        { new UpdateSettings { MinSeverity = UpdateSeverity.Critical }, Package("openssl"), true },
        { All(UpdateSeverity.Important), Package("openssl", security: false), true },
        { All(UpdateSeverity.Important), Package("openssl") with { Severity = UpdateSeverity.Low }, false },
        { Named("CVE-2026-0001"), Package("openssl") with { Severity = UpdateSeverity.Low, Cves = ["CVE-2026-0001"] }, true },
        { Named("RHBA-2026:*"), Package("openssl", security: false) with { Advisories = ["RHBA-2026:7"] }, true },
        { Named("RHBA-2026:*"), Package("openssl", security: false) with { Advisories = ["RHEA-2026:7"] }, false },
        { Named("RHBA-2026:*") with { Exclude = ["openssl"] }, Package("openssl", security: false) with { Advisories = ["RHBA-2026:7"] }, false },
        { Named("RHBA-2026:*"), Package("openssl", security: false, held: true) with { Advisories = ["RHBA-2026:7"] }, false },
    };

    [Fact]
    public void What_would_only_come_with_an_update_that_is_not_asked_for_blocks_nothing()
    {
        var status = new NodePatchStatus
        {
            Pending = [Package("fix") with { Blocked = "would break old", Removes = ["old"] }, Package("new", installed: null) with { Blocked = "would break old", Removes = ["old"] }],
        };

        Assert.Equal("fix", Assert.Single(Approval.Blocked(new UpdateSettings(), status)).Name);
        Assert.Empty(Approval.Blocked(new UpdateSettings { Exclude = ["fix"] }, status));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Held_is_stronger_than_exclude_and_exclude_than_include(UpdateSettings updates, PendingPackage package, bool approved) =>
        Assert.Equal(approved, Approval.Approves(updates, package));

    private static UpdateSettings All(UpdateSeverity least) => new() { Classification = UpdateClassification.All, MinSeverity = least };

    private static UpdateSettings Named(string advisory) => new() { MinSeverity = UpdateSeverity.Critical, Include = ["curl"], Advisories = [advisory] };

    [Fact]
    public void A_new_dependency_follows_what_needs_it_and_is_nothing_to_patch_for_alone()
    {
        Assert.Empty(Approval.Pending(new UpdateSettings(), Scanned(Package("libnew", installed: null))));
        Assert.Equal(2, Approval.Pending(new UpdateSettings(), Scanned(Package("openssl"), Package("libnew", installed: null))).Count);
    }
}
