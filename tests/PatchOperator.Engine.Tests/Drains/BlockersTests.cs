using PatchOperator.Api;
using PatchOperator.Engine.Drains;
using PatchOperator.Engine.Facts;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Drains;

public class BlockersTests
{
    private const string NoRoom = "The disruption budget web needs 2 healthy pods and has 2 currently";

    [Theory]
    [InlineData(EvictionAnswer.Blocked, NoRoom, Reasons.DrainBlocked, "default/web")]
    [InlineData(EvictionAnswer.Blocked, "The disruption budget web is still being processed by the server.", Reasons.DrainBlocked, "default/web")]
    [InlineData(EvictionAnswer.Blocked, "Cannot evict pod as it would violate the pod's disruption budget.", Reasons.DrainBlocked, null)]
    [InlineData(EvictionAnswer.Impossible, "This pod has more than one PodDisruptionBudget", Reasons.DrainMisconfigured, null)]
    [InlineData(EvictionAnswer.Refused, "failed calling webhook", Reasons.EvictionRefused, null)]
    public void What_the_API_server_says_is_told_with_the_budget_that_it_names(EvictionAnswer answer, string message, string reason, string? budget) => Assert.Equal(
        new DrainBlocker { Pod = "default/web-1", Budget = budget, Reason = reason, Message = message },
        Blockers.Of(new DrainSettings(), new DrainFacts([Pod("web-0"), Pod("web-1", answer, message)])));

    [Fact]
    public void Nothing_is_in_the_way_of_pods_that_may_go() => Assert.Null(Blockers.Of(new DrainSettings(), new DrainFacts([Pod("web-0"), Pod("web-1") with { Terminating = true }])));

    [Fact]
    public void A_pod_that_can_never_go_is_named_before_one_that_cannot_now() =>
        Assert.Equal("default/web-2", Blockers.Of(new DrainSettings(), new DrainFacts([Pod("web-1", EvictionAnswer.Blocked), Pod("web-2", EvictionAnswer.Impossible)]))!.Pod);

    public static TheoryData<DrainSettings, PodToEvict, string?> Kept => new()
    {
        { new DrainSettings(), Pod("db") with { Managed = false }, Reasons.UnmanagedPod },
        { new DrainSettings { UnmanagedPods = UnmanagedPods.Delete }, Pod("db") with { Managed = false }, null },
        { new DrainSettings(), Pod("db") with { Managed = false, Terminating = true }, null },
        { new DrainSettings(), Pod("db") with { HasEmptyDir = true }, null },
        { new DrainSettings { EmptyDir = EmptyDirPods.Block }, Pod("db") with { HasEmptyDir = true }, Reasons.LocalStorage },
    };

    [Theory, MemberData(nameof(Kept))]
    public void Pods_that_the_policy_keeps_are_in_the_way_whatever_the_API_server_would_say(DrainSettings settings, PodToEvict pod, string? reason)
    {
        var blocker = Blockers.Of(settings, new DrainFacts([Pod("web", EvictionAnswer.None), pod]));

        Assert.Equal((reason, reason is null ? null : "default/db"), (blocker?.Reason, blocker?.Pod));
        Assert.Equal(reason is not null, Blockers.Keeps(settings, pod));
    }

    [Fact]
    public void What_the_policy_keeps_is_told_in_the_words_of_kubectl_drain()
    {
        var settings = new DrainSettings { EmptyDir = EmptyDirPods.Block };

        Assert.Equal(
            "it declares no controller, and drain.unmanagedPods is Block (kubectl drain: --force)",
            Blockers.Of(settings, new DrainFacts([Pod("web", EvictionAnswer.Impossible, "never"), Pod("db") with { Managed = false }]))!.Message);
        Assert.Equal(
            "it has local storage, an emptyDir, and drain.emptyDir is Block (kubectl drain: --delete-emptydir-data)",
            Blockers.Of(settings, new DrainFacts([Pod("db") with { HasEmptyDir = true }]))!.Message);
    }

    [Theory]
    [InlineData(DrainMode.Always, RebootMode.Never, true)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.Always, true)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.IfRequired, true)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.Never, false)]
    [InlineData(DrainMode.Never, RebootMode.Always, false)]
    public void A_turn_may_drain_its_node_where_that_is_certain_and_where_it_may_turn_out(DrainMode drain, RebootMode reboot, bool may) =>
        Assert.Equal(may, Blockers.MayDrain(Settings(reboot, drain)));
}
