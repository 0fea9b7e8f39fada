using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class FailureThresholdTests
{
    private const string Why =
        "at Patch: RepositoryUnavailable: the mirror is down. Mend it, then annotate the run with patchoperator.io/resume=true, or edit the policy";

    [Theory]
    [InlineData("1", 0, 0, "go")]
    [InlineData("1", 1, 0, "halt: 1 nodes failed, 1 is the threshold; first f0, " + Why)]
    [InlineData("1", 1, 1, "go")]
    [InlineData("1", 2, 1, "halt: 2 nodes failed, 1 is the threshold; first f1, " + Why)]
    [InlineData("3", 2, 0, "go")]
    [InlineData("34%", 1, 0, "go")]
    [InlineData("34%", 2, 0, "halt: 2 nodes failed, 2 is the threshold; first f0, " + Why)]
    public void The_run_halts_at_its_threshold_and_names_the_first_failure_that_nobody_has_accepted(string threshold, int failures, int acknowledged, string says)
    {
        var failed = Enumerable.Range(0, failures).Select(number => Finished($"f{number}", OperationResult.Failed));
        var pending = Enumerable.Range(0, 5 - failures).Select(number => Pending($"p{number}"));

        Assert.Equal(says, GateWords.Of(new FailureThreshold(), Input(Settings(failureThreshold: threshold), [.. failed, .. pending]), acknowledged));
    }

    /// <summary>An edit of the policy, which ends other runs that have halted, changes nothing for it.</summary>
    [Fact]
    public void One_that_takes_back_another_says_what_helps_it()
    {
        var input = Input(Settings(), Finished("a", OperationResult.Failed)).Planned(plan => plan with { Undoes = new RunReference { Name = "before", Uid = "undone" } });

        Assert.EndsWith(
            "Mend it, then annotate the run with patchoperator.io/resume=true, or cancel it", GateWords.Of(new FailureThreshold(), input), StringComparison.Ordinal);
    }
}
