using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

public class PlanUpdatesTests
{
    private static readonly RunUpdate[] Updates =
    [
        new RunUpdate { OsFamily = "debian-12", Architecture = "amd64", Name = "openssl", Version = "3.0-1" },
        new RunUpdate { OsFamily = "debian-12", Architecture = "arm64", Name = "openssl", Version = "3.0-1+b1" },
        new RunUpdate { OsFamily = "ubuntu-24.04", Architecture = "amd64", Name = "openssl", Version = "3.2-1" },
        new RunUpdate { OsFamily = "debian-12", Architecture = "amd64", Name = "curl", Version = "9.0-1" },
    ];

    public static TheoryData<string, NodePatchStatus, string[]> Table => new()
    {
        { "its own system's version", Scanned(Package("openssl", "3.0-1")).On("amd64"), ["openssl 3.0-1"] },
        { "a rebuild for its architecture alone", Scanned(Package("openssl", "3.0-1+b1")).On("arm64"), ["openssl 3.0-1+b1"] },
        { "another release", Scanned(Package("openssl", "3.2-1")).On("amd64", "ubuntu-24.04"), ["openssl 3.2-1"] },
        { "another system", Scanned(Package("openssl", "3.0-1")).On("riscv64"), [] },
        { "a mirror that lags may catch up", Scanned(Package("openssl", "2.9-1")).On("amd64"), ["openssl 3.0-1"] },
        {
            "a mirror that is ahead has the planned version no more", Scanned(Package("curl", "10.0-1"), Package("openssl", "3.0-1")).On("amd64"),
            ["openssl 3.0-1"]
        },
        { "what is held", Scanned(Package("openssl", "3.0-1", held: true)).On("amd64"), [] },
        { "what it does not need", Scanned(Package("zlib", "1")).On("amd64"), [] },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_node_gets_what_the_plan_has_for_its_system(string what, NodePatchStatus status, string[] updates)
    {
        var (plan, view) = (new PlanUpdates(Updates, UpdateFreeze.Strict), View("a", status));

        Assert.True(updates.SequenceEqual(plan.For(view).Select(update => $"{update.Name} {update.Version}")), what);
        Assert.Equal(updates.Length > 0, plan.Concerns(view));
    }

    [Fact]
    public void What_is_phased_takes_nothing_away_that_was_not_planned_to_go()
    {
        var plan = new PlanUpdates([new RunUpdate { OsFamily = "debian-12", Name = "lib", Version = "2" }], UpdateFreeze.AtLeast);
        var phased = Package("lib") with { Blocked = "phased", Phased = true };

        Assert.Single(plan.For(GivenView(phased)));
        Assert.Empty(plan.For(GivenView(phased with { Removes = ["old"] })));
    }

    public static TheoryData<string, List<string>?, List<string>?, bool> Removals => new()
    {
        { "what is planned to go", ["old"], ["old"], true },
        { "less than is planned to go", ["old"], ["old", "older"], true },
        { "more than is planned to go", ["old", "older"], ["old"], false },
        { "nothing is planned to go", ["old"], null, false },
        { "it is blocked by something else", null, ["old"], false },
    };

    [Theory, MemberData(nameof(Removals))]
    public void A_node_loses_for_an_update_what_was_planned_at_most(string what, List<string>? removes, List<string>? planned, bool asked)
    {
        var plan = new PlanUpdates([new RunUpdate { OsFamily = "debian-12", Name = "app", Version = "2", Removes = planned }], UpdateFreeze.AtLeast);
        var view = GivenView(Package("app") with { Blocked = "would break old", Removes = removes });

        Assert.True(asked == plan.Concerns(view), what);
        Assert.Equal(asked ? [removes] : [], plan.For(view).Select(update => update.Removes));
    }

    [Theory]
    [InlineData(UpdateFreeze.Strict, "8.0-1", "10.0-1", false)]
    [InlineData(UpdateFreeze.AtLeast, "8.0-1", "10.0-1", true)]
    [InlineData(UpdateFreeze.None, "8.0-1", "10.0-1", true)]
    [InlineData(UpdateFreeze.AtLeast, "9.0-1", "10.0-1", false)]
    [InlineData(UpdateFreeze.None, "9.1-1", "10.0-1", false)]
    [InlineData(UpdateFreeze.AtLeast, null, "10.0-1", true)]
    public void A_node_whose_mirror_is_ahead_is_asked_where_a_newer_version_may_take_the_place_of_the_planned_one(
        UpdateFreeze freeze, string? installed, string candidate, bool asked)
    {
        var view = View("a", Scanned(Package("curl", candidate, installed: installed)).On("amd64"));

        Assert.Equal(asked ? ["9.0-1"] : [], new PlanUpdates(Updates, freeze).For(view).Select(update => update.Version));
    }

    private static NodeView GivenView(PendingPackage package) =>
        View("a", Scanned(package), policy: APolicy(spec => spec with { Updates = new UpdateSettings { AllowRemovals = ["*"] } }));
}
