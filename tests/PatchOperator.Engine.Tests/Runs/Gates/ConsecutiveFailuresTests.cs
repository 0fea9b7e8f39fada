using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class ConsecutiveFailuresTests
{
    private const string Why =
        "at Patch: RepositoryUnavailable: the mirror is down. Mend it, then annotate the run with patchoperator.io/resume=true, or edit the policy";

    /// <summary>Nodes a, b and so on, in the order in which they were done: s for one that succeeded, f for one that failed.</summary>
    [Theory]
    [InlineData(null, "ffff", 0, "go")]
    [InlineData(2, "", 0, "go")]
    [InlineData(2, "f", 0, "go")]
    [InlineData(2, "ff", 0, "halt: 2 nodes failed one after the other, 2 is the most; first a, " + Why)]
    [InlineData(2, "fsf", 0, "go")]
    [InlineData(2, "fsff", 0, "halt: 2 nodes failed one after the other, 2 is the most; first c, " + Why)]
    [InlineData(2, "ffs", 0, "go")]
    [InlineData(2, "ff", 2, "go")]
    [InlineData(2, "fff", 2, "go")]
    [InlineData(2, "ffff", 2, "halt: 2 nodes failed one after the other, 2 is the most; first c, " + Why)]
    public void The_run_halts_where_nodes_fail_one_after_the_other(int? most, string results, int acknowledged, string says)
    {
        var done = results.Select((result, index) =>
        {
            var view = Finished($"{(char)('a' + index)}", result == 's' ? OperationResult.Succeeded : OperationResult.Failed);
            return View(view.Node.Name, view.Status! with { LastOperation = view.Status.LastOperation! with { FinishedAt = Noon.AddMinutes(index - 60) } }, view.Spec);
        });
        var input = Input(Settings(failureThreshold: "9"), [.. done, Pending("z")]).Planned(plan => plan with { MaxConsecutiveFailures = most });

        Assert.Equal(says, GateWords.Of(new ConsecutiveFailures(), input, acknowledged));
    }
}
