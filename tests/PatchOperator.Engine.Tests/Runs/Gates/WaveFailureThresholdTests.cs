using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class WaveFailureThresholdTests
{
    private const string Why =
        "at Patch: RepositoryUnavailable: the mirror is down. Mend it, then annotate the run with patchoperator.io/resume=true, or edit the policy";

    [Theory]
    [InlineData(null, 2, 0, "go")]
    [InlineData("1", 0, 0, "go")]
    [InlineData("1", 1, 0, "halt: 1 nodes of wave canary failed, 1 is its threshold; first c0, " + Why)]
    [InlineData("1", 1, 1, "go")]
    [InlineData("1", 2, 1, "halt: 1 nodes of wave canary failed, 1 is its threshold; first c1, " + Why)]
    [InlineData("50%", 1, 0, "go")]
    [InlineData("50%", 2, 0, "halt: 2 nodes of wave canary failed, 2 is its threshold; first c0, " + Why)]
    public void The_run_halts_at_the_threshold_of_a_wave(string? threshold, int failures, int acknowledged, string says)
    {
        var failed = Enumerable.Range(0, failures).Select(number => Finished($"c{number}", OperationResult.Failed));
        var pending = Enumerable.Range(failures, 3 - failures).Select(number => Pending($"c{number}"));
        var input = Input(Settings(failureThreshold: "9"), [.. failed, .. pending, Finished("r", OperationResult.Succeeded)])
            .InWaves(new PlanWave { Name = "canary", FailureThreshold = Share(threshold) }, new PlanWave { Name = "rest", FailureThreshold = "1" });

        Assert.Equal(says, GateWords.Of(new WaveFailureThreshold(), input, acknowledged));
    }
}
