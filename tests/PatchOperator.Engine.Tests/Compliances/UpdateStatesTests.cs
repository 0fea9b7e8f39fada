using PatchOperator.Api;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Compliances;

public class UpdateStatesTests
{
    private static readonly PendingPackage Stuck = Package("app") with { Blocked = "would break old" };

    private static readonly PendingPackage InTheWay = Stuck with { Removes = ["old", "old-doc"] };

    public static TheoryData<string, UpdateSettings, PendingPackage, UpdateState> Table => new()
    {
        { "asked for", new(), Package("app"), UpdateState.Approved },
        { "not of security", new(), Package("app", security: false), UpdateState.Pending },
        { "not severe enough", new() { MinSeverity = UpdateSeverity.Critical }, Package("app") with { Severity = UpdateSeverity.Low }, UpdateState.Pending },
        { "not of security and excluded", new() { Exclude = ["app"] }, Package("app", security: false), UpdateState.Excluded },
        { "excluded", new() { Exclude = ["app"] }, Package("app"), UpdateState.Excluded },
        { "not included", new() { Include = ["other"] }, Package("app"), UpdateState.Excluded },
        { "not included, and named", new() { Include = ["other"], Advisories = ["CVE-1"] }, Package("app") with { Cves = ["CVE-1"] }, UpdateState.Approved },
        { "on hold", new(), Package("app", held: true), UpdateState.Held },
        { "on hold and excluded", new() { Exclude = ["app"] }, Package("app", held: true), UpdateState.Held },
        { "blocked", new(), Stuck, UpdateState.Blocked },
        { "blocked and excluded", new() { Exclude = ["app"] }, Stuck, UpdateState.Excluded },
        { "blocked by what may go", new() { AllowRemovals = ["old*"] }, InTheWay, UpdateState.Approved },
        { "blocked by what may go, and not asked for", new() { AllowRemovals = ["*"] }, InTheWay with { Security = false }, UpdateState.Pending },
        { "blocked by what may go, and on hold", new() { AllowRemovals = ["*"] }, InTheWay with { Held = true }, UpdateState.Held },
        { "blocked by what may go in part", new() { AllowRemovals = ["old"] }, InTheWay, UpdateState.Blocked },
        { "blocked by what may not go", new(), InTheWay, UpdateState.Blocked },
        { "blocked by what is excluded", new() { AllowRemovals = ["*"], Exclude = ["old-doc"] }, InTheWay, UpdateState.Blocked },
        { "blocked by something else, where all may go", new() { AllowRemovals = ["*"] }, Stuck, UpdateState.Blocked },
        { "phased", new() { Classification = UpdateClassification.All }, Stuck with { Security = false, Phased = true }, UpdateState.Phased },
        { "phased and of security", new(), Stuck with { Phased = true }, UpdateState.Blocked },
        { "new", new() { ApproveAfter = "7d" }, Package("app"), UpdateState.Deferred },
        { "a new dependency alone", new(), Package("app", installed: null), UpdateState.Pending },
    };

    [Theory, MemberData(nameof(Table))]
    public void Each_update_says_what_becomes_of_it(string what, UpdateSettings updates, PendingPackage package, UpdateState state) =>
        Assert.Equal((what, state), (what, Told(Scanned(package), updates).Pending[0].State));

    [Fact]
    public void A_deferred_one_says_until_when_and_another_look_writes_nothing()
    {
        var told = Told(Scanned(Package("app"), Package("vim", security: false)), new UpdateSettings { ApproveAfter = "7d" });

        Assert.Equal([Noon.AddHours(-1).AddDays(7), null], told.Pending.Select(package => package.Until));
        Assert.Equal(new UpdateStateCounts { Deferred = 1, Pending = 1 }, told.PendingStates);
        Assert.Equal(told.Pending, Told(told, new UpdateSettings { ApproveAfter = "7d" }, Noon.AddDays(1)).Pending);
    }

    [Theory]
    [InlineData(OperationStep.Patch, "2", UpdateState.Failed)]
    [InlineData(OperationStep.Patch, "3", UpdateState.Approved)]
    [InlineData(OperationStep.Drain, "2", UpdateState.Approved)]
    public void One_that_the_last_operation_failed_at_says_so(OperationStep step, string candidate, UpdateState state)
    {
        var status = Scanned(Package("openssl", candidate)).InPhase(
            NodePhase.Failed, last => last with { Result = OperationResult.Failed, Step = step, Reason = "RepositoryUnavailable" });

        Assert.Equal(state, NodeDecider.Decide(Input(ANode(), Asked(), status)).Status.Pending[0].State);
    }

    [Fact]
    public void A_policy_adds_them_up()
    {
        var status = Told(Scanned(Package("app"), Package("vim", security: false), Package("held", held: true)), new UpdateSettings());
        var decided = PolicyDecider.Decide(Runs.GivenRuns.Input(Runs.GivenRuns.View("a", status), Runs.GivenRuns.View("b", status), Runs.GivenRuns.View("c", Scanned())), []);

        Assert.Equal(new UpdateStateCounts { Approved = 2, Pending = 2, Held = 2 }, decided.Status.Updates!.States);
    }

    private static NodePatchStatus Told(NodePatchStatus status, UpdateSettings updates, DateTimeOffset? now = null) => NodeDecider.Decide(
        Input(ANode(), new NodePatchSpec(), status) with { Policy = new PolicyTerms(APolicy(spec => spec with { Updates = updates }), []), Now = now ?? Noon }).Status;
}
