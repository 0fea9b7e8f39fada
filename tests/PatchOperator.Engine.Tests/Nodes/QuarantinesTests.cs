using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

/// <summary>The policy was made at noon of the day before, when its run brought openssl to 2; the node was scanned an hour ago.</summary>
public class QuarantinesTests
{
    private static readonly DateTimeOffset Made = Noon.AddDays(-1);

    private static readonly OperationRecord Patched = new()
    {
        Run = "workers-run",
        RunUid = "run-uid",
        Result = OperationResult.Succeeded,
        StartedAt = Noon.AddHours(-20),
        FinishedAt = Noon.AddHours(-19),
        BootIdBefore = "boot-0",
        BootIdAfter = "boot-1",
        PatchLevelBefore = "old",
        PatchLevelAfter = "new",
        Changed = [new ChangedPackage { Name = "openssl", From = "1", To = "2" }],
    };

    private static NodePatchStatus AsItIs(params PendingPackage[] pending) => Scanned(pending) is var status
        ? status with
        {
            LastScan = status.LastScan! with { PatchLevel = "other", StartedAt = Noon.AddMinutes(-61) },
            LastOperation = Patched,
            Node = status.Node! with { PackageManager = "apt" },
        }
        : status;

    private static NodePatchStatus WithLevel(NodePatchStatus status, string level) => status with { LastScan = status.LastScan! with { PatchLevel = level } };

    private static NodeFacts Node => ANode() with { CreatedAt = Made.AddDays(-30) };

    public static TheoryData<string, NodeFacts, NodePatchStatus, string?, string> Causes => new()
    {
        { "all is well", Node, AsItIs(), null, "" },
        { "updates are pending", Node, AsItIs(Package("curl")), null, "" },
        { "what was installed is pending in a newer version", Node, AsItIs(Package("openssl", "3", installed: "2")), null, "" },
        {
            "what was installed is pending again", Node, AsItIs(Package("curl"), Package("openssl")), Reasons.NodeReverted,
            "run workers-run brought openssl to 2, and the node has 1"
        },
        { "a newer one of it, from before it was installed", Node, AsItIs(Package("openssl", "3")), Reasons.NodeReverted, "run workers-run brought openssl to 2, and the node has 1" },
        { "an administrator went back, and holds it", Node, AsItIs(Package("openssl", held: true)), null, "" },
        { "the very packages from before the run", Node, WithLevel(AsItIs(Package("curl")), "old"), Reasons.NodeReverted, "the node is as it was before run workers-run" },
        { "the same, and nothing is pending", Node, WithLevel(AsItIs(), "old"), null, "" },
        {
            "found by a scan from before the turn", Node, AsItIs(Package("openssl")) with { LastScan = new NodeScan { Time = Noon.AddHours(-1), StartedAt = Noon.AddHours(-21) } },
            null, ""
        },
        {
            "the last turn has failed", Node, AsItIs(Package("openssl")) with { LastOperation = Patched with { Result = OperationResult.Failed } }, null, ""
        },
        { "back in an older boot", Node with { BootId = "boot-0" }, AsItIs(), Reasons.NodeReverted, "the node is back in boot boot-0, which had ended before it was patched" },
        { "in a newer boot", Node with { BootId = "boot-2" }, AsItIs(), null, "" },
        { "back after an hour", Node with { ReadySince = Noon }, AsItIs(), null, "" },
        {
            "back after longer than two intervals", Node with { ReadySince = Noon.AddHours(47) }, AsItIs(), Reasons.NodeReturned,
            "the node was away; it was scanned last at 2026-11-20 11:00 UTC"
        },
        { "made after the policy", Node with { CreatedAt = Made.AddHours(1) }, new NodePatchStatus(), Reasons.NodeJoined, "the node joined at 2026-11-19 13:00 UTC" },
        { "made before the policy", Node with { CreatedAt = Made.AddHours(-1) }, new NodePatchStatus(), null, "" },
        { "known already", Node with { CreatedAt = Made.AddHours(1) }, AsItIs(), null, "" },
        { "tainted by others", Node with { QuarantinedBy = "" }, AsItIs(), Reasons.NodeTainted, "the node has the taint patchoperator.io/unpatched" },
        { "tainted by the operator, and forgotten", Node with { QuarantinedBy = "workers" }, new NodePatchStatus(), Reasons.NodeTainted, "the node has the taint patchoperator.io/unpatched" },
    };

    [Theory, MemberData(nameof(Causes))]
    public void What_puts_a_node_into_quarantine(string what, NodeFacts node, NodePatchStatus status, string? reason, string message)
    {
        var quarantine = Next(node, status);

        Assert.True(reason == quarantine?.Reason, $"{what}: {quarantine}");
        Assert.Equal(message, quarantine?.Message ?? "");
    }

    [Fact]
    public void A_node_whose_NodePatch_was_deleted_is_none_that_has_just_joined() =>
        Assert.Null(Quarantines.Next(Input(Node with { CreatedAt = Made.AddHours(1) }, new NodePatchStatus()) with { TrackedSince = Made.AddHours(26) }, new NodePatchStatus()));

    [Fact]
    public void In_its_turn_nothing_is_made_of_what_is_found_on_a_node() =>
        Assert.Null(Next(Node with { BootId = "boot-0" }, AsItIs().InPhase(NodePhase.Rebooting)));

    private static readonly NodeQuarantine Lasting = new() { Reason = Reasons.NodeReverted, Message = "it went back", Since = Noon.AddHours(-2) };

    public static TheoryData<string, NodeFacts, NodePatchStatus, bool> Ends => new()
    {
        { "a scan finds nothing left to do", Node, AsItIs(), true },
        { "it has begun before", Node, AsItIs() with { LastScan = new NodeScan { Time = Noon.AddHours(-1), StartedAt = Noon.AddHours(-3) } }, false },
        { "nobody knows when it has begun", Node, AsItIs() with { LastScan = new NodeScan { Time = Noon.AddHours(-1) } }, false },
        { "it was of another boot", Node with { BootId = "boot-2" }, AsItIs(), false },
        { "it finds an update", Node, AsItIs(Package("curl")), false },
        { "it finds a reboot due", Node, AsItIs().NeedingReboot(), false },
        {
            "a turn since was verified, whatever has come out", Node,
            AsItIs(Package("curl")) with { LastOperation = Patched with { StartedAt = Noon.AddMinutes(-90), FinishedAt = Noon.AddMinutes(-30) } }, true
        },
        { "a scan after the turn finds otherwise", Node, AsItIs(Package("curl")) with { LastOperation = Patched with { StartedAt = Noon.AddMinutes(-90), FinishedAt = Noon.AddMinutes(-70) } }, false },
        {
            "a turn since has failed", Node,
            AsItIs(Package("curl")) with { LastOperation = Patched with { Result = OperationResult.Failed, StartedAt = Noon.AddMinutes(-90), FinishedAt = Noon.AddMinutes(-30) } }, false
        },
    };

    [Theory, MemberData(nameof(Ends))]
    public void What_ends_a_quarantine(string what, NodeFacts node, NodePatchStatus status, bool ends) =>
        Assert.True((ends ? Lasting with { ReleasedAt = Noon } : Lasting) == Next(node, status with { Quarantine = Lasting }), what);

    /// <summary>It is what it was before: older than the others.</summary>
    [Fact]
    public void What_takes_a_node_back_ends_no_quarantine()
    {
        var status = AsItIs(Package("curl")) with
        {
            Quarantine = Lasting,
            LastOperation = Patched with { StartedAt = Noon.AddMinutes(-90), FinishedAt = Noon.AddMinutes(-30) },
        };
        var asked = Asked();
        var undoing = asked with { Operation = asked.Operation! with { Undoes = new RunReference { Name = "workers-before", Uid = "undone-uid" } } };

        Assert.Equal(Lasting, Quarantines.Next(Input(Node, status, Tainting) with { Spec = undoing }, status));
    }

    [Fact]
    public void One_that_has_ended_is_kept_until_the_taint_is_gone_and_another_may_begin()
    {
        var over = Lasting with { ReleasedAt = Noon };

        Assert.Equal(over, Next(Node with { QuarantinedBy = "workers" }, AsItIs() with { Quarantine = over }));
        Assert.Null(Next(Node, AsItIs() with { Quarantine = over }));
        Assert.Equal(Noon.AddHours(-1), Next(Node with { QuarantinedBy = "" }, AsItIs(Package("openssl")) with { Quarantine = over })?.Since);
    }

    public static TheoryData<string, CatchUpSettings, string?, NodeQuarantine?, string> Taints => new()
    {
        { "in quarantine", Tainting, null, Lasting, "taint node node-1" },
        { "tainted", Tainting, "workers", Lasting, "" },
        { "born tainted", Tainting, "", Lasting, "" },
        { "released", Tainting, "workers", Lasting with { ReleasedAt = Noon }, "take the taint off node node-1" },
        { "born tainted and released", new CatchUpSettings { Mode = CatchUpMode.Never }, "", Lasting with { ReleasedAt = Noon }, "take the taint off node node-1" },
        { "forgotten", Tainting, "workers", null, "" },
        { "not to be tainted", new CatchUpSettings(), null, Lasting, "" },
        { "not to be tainted any more", new CatchUpSettings(), "workers", Lasting, "take the taint off node node-1, unwanted" },
        { "not to be caught up any more", Tainting with { Mode = CatchUpMode.Never }, "workers", Lasting, "take the taint off node node-1, unwanted" },
        { "born tainted, and not to be tainted", new CatchUpSettings(), "", Lasting, "" },
    };

    private static CatchUpSettings Tainting => new() { Taint = true };

    [Theory, MemberData(nameof(Taints))]
    public void What_is_done_about_the_taint(string what, CatchUpSettings settings, string? taintedBy, NodeQuarantine? quarantine, string done)
    {
        var input = Input(Node with { QuarantinedBy = taintedBy }, AsItIs() with { Quarantine = quarantine }, settings);

        Assert.True(done == string.Join("; ", Quarantines.Effects(input).Select(Words)), what);
    }

    [Fact]
    public void A_policy_that_is_gone_leaves_no_taint_of_its_own_and_one_that_is_invalid_keeps_it()
    {
        var input = Input(Node with { QuarantinedBy = "workers" }, AsItIs() with { Quarantine = Lasting }, Tainting) with { Policy = null };

        Assert.Equal([new LiftQuarantine(Key) { IsUnwanted = true }], Quarantines.Effects(input with { BelongsToNobody = true, Deleting = true }));
        Assert.Empty(Quarantines.Effects(input));
        Assert.Empty(Quarantines.Effects(input with { BelongsToNobody = true, Node = Node with { QuarantinedBy = "" } }));
    }

    [Fact]
    public void A_policy_without_windows_touches_no_node() =>
        Assert.Empty(Quarantines.Effects(Input(Node, AsItIs() with { Quarantine = Lasting }, Tainting) with
        {
            Policy = new PolicyTerms(APolicy(spec => spec with { Windows = [], CatchUp = Tainting }), []),
        }));

    [Fact]
    public void It_is_written_down_and_told_before_anything_is_done_and_then_the_node_is_scanned_at_once()
    {
        var input = Input(Node with { ReadySince = Noon.AddHours(47) }, AsItIs(), Tainting) with { Now = Noon.AddHours(47) };
        var first = Decide(input);
        var second = Decide(input with { Status = first.Status, Jobs = new Dictionary<string, Facts.JobFacts> { [first.Status.Job!] = AtWork(first.Status.Job!) } });

        Assert.Equal((Reasons.NodeReturned, TimeSpan.Zero), (first.Status.Quarantine!.Reason, first.WakeUp));
        Assert.Equal(Reasons.NodeReturned, Assert.Single(first.Events).Reason);
        Assert.Equal((ComplianceState.Quarantined, Reasons.NodeReturned), (first.Status.Compliance!.State, first.Status.Compliance.Reason));
        Assert.DoesNotContain(first.Effects, effect => effect is Quarantine);
        Assert.Equal(new Quarantine(Key, "workers"), second.Effects[0]);
        Assert.Empty(second.Events);
    }

    [Fact]
    public void Its_end_is_told_once()
    {
        var over = Lasting with { ReleasedAt = Noon };

        Assert.Equal(Reasons.QuarantineEnded, Assert.Single(Quarantines.Events(Lasting, over)).Reason);
        Assert.Empty(Quarantines.Events(over, over).Concat(Quarantines.Events(over, null)));
    }

    private static string Words(Effect effect) => effect is LiftQuarantine { IsUnwanted: true } ? $"{effect.Words}, unwanted" : effect.Words;

    private static NodeQuarantine? Next(NodeFacts node, NodePatchStatus status) => Quarantines.Next(Input(node, status, Tainting), status);

    private static NodeInput Input(NodeFacts node, NodePatchStatus status, CatchUpSettings? settings = null)
    {
        var policy = APolicy(spec => spec with { CatchUp = settings ?? Tainting });
        policy.Metadata.CreationTimestamp = Made.UtcDateTime;
        return Given.Input(node, new NodePatchSpec(), status) with { Policy = new PolicyTerms(policy, []), TrackedSince = node.CreatedAt };
    }
}
