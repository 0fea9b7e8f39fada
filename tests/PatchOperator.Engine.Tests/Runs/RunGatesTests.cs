using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

public class RunGatesTests
{
    /// <summary>Of two gates that are closed the first decides: each row opens one more than the row above it.</summary>
    [Theory]
    [InlineData(0, "PolicyLives")]
    [InlineData(1, "PlanIsThere")]
    [InlineData(2, "NotCancelled")]
    [InlineData(3, "PolicyUnchanged")]
    [InlineData(4, "PlanIsWanted")]
    [InlineData(5, "FailureThreshold")]
    [InlineData(6, "WaveFailureThreshold")]
    [InlineData(7, "ConsecutiveFailures")]
    [InlineData(8, "NotPaused")]
    [InlineData(9, "PolicyIsValid")]
    [InlineData(10, "Approved")]
    [InlineData(11, "WaveSoaked")]
    [InlineData(12, "WaveApproved")]
    [InlineData(13, "NoBlackout")]
    [InlineData(14, "WindowIsOpen")]
    [InlineData(15, null)]
    public void The_gates_are_asked_in_order(int opened, string? gate)
    {
        var edited = new PolicyTerms(Edited(), opened > 9 ? [] : [new SpecError("spec.windows[0]", "there is no PatchWindow 'x'")]);
        var input = Input(Settings(failureThreshold: opened > 5 ? "9" : "1"), Finished("a", OperationResult.Failed), Pending("b"))
            .InWaves(
                new PlanWave { Name = "a", Soak = opened > 11 ? "0s" : "1h", FailureThreshold = Share(opened > 6 ? null : "1") },
                new PlanWave { Name = "b", Approval = ApprovalMode.Manual })
            .Planned(plan => plan with { Approval = ApprovalMode.Manual, MaxConsecutiveFailures = opened > 7 ? null : 1 })
            .AfterWave("a", 1);
        input = input.Saying(spec => spec with
        {
            Cancelled = opened <= 2,
            Paused = opened <= 8,
            Approvals = [.. opened > 10 ? [Approval(Digest)] : Array.Empty<RunApproval>(), .. opened > 12 ? [Approval(Digest) with { Wave = "b" }] : Array.Empty<RunApproval>()],
            Policy = spec.Policy with { Generation = opened > 3 ? 2 : 1 },
        }) with
        {
            Policy = opened > 0 ? edited : null,
            Plan = opened > 1 ? input.Plan : null,
            Wanted = () => opened > 4 ? null : new PatchPlanSpec(),
            Now = opened > 4 ? Noon : Noon.AddHours(1),
            Freezes = opened > 13 ? [] : [new FreezeState(Lasts: true, Noon.AddDays(1), "blackout 'holidays' lasts")],
            Windows = opened is > 14 or < 5 ? input.Windows : [],
        };

        Assert.Equal(gate, RunGates.Closed(new RunState(input, new RunNodes(input), Acknowledged: 0))?.Gate.Name);
    }

    [Fact]
    public void A_run_that_has_nothing_left_is_over_whatever_the_window_says()
    {
        var input = Input(Settings(), Finished("a", OperationResult.Succeeded)) with { Windows = [] };

        Assert.Equal("NodesLeft", RunGates.Closed(new RunState(input, new RunNodes(input), Acknowledged: 0))?.Gate.Name);
    }

    private static PatchPolicy Edited()
    {
        var policy = APolicy();
        policy.Metadata.Generation = 2;
        return policy;
    }
}
