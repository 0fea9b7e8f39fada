using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class PlanIsThereTests
{
    [Theory]
    [InlineData(true, "go")]
    [InlineData(false, "end, Cancelled: PatchPlan workers-plan is gone")]
    public void Without_its_plan_a_run_does_nothing(bool there, string says)
    {
        var input = Input(Settings(), Pending("a"));

        Assert.Equal(says, GateWords.Of(new PlanIsThere(), there ? input : input with { Plan = null }));
    }
}
