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
    [InlineData(2, "PolicyUnchanged")]
    [InlineData(3, "FailureThreshold")]
    [InlineData(4, "PolicyIsValid")]
    [InlineData(5, "WindowIsOpen")]
    [InlineData(6, null)]
    public void The_gates_are_asked_in_order(int opened, string? gate)
    {
        var edited = new PolicyTerms(Edited(), opened > 4 ? [] : [new SpecError("spec.windows[0]", "there is no PatchWindow 'x'")]);
        var input = Input(Settings(), Finished("a", OperationResult.Failed), Pending("b"));
        input = input with
        {
            Policy = opened > 0 ? edited : null,
            Plan = opened > 1 ? input.Plan : null,
            Windows = opened > 5 ? input.Windows : [],
        };
        if (opened > 2)
            input.Run.Spec = input.Run.Spec with { Policy = input.Run.Spec.Policy with { Generation = 2 } };

        Assert.Equal(gate, RunGates.Closed(new RunState(input, new RunNodes(input), Acknowledged: opened > 3 ? 1 : 0))?.Gate.Name);
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
