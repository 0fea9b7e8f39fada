using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class SoakHealthyTests
{
    private const string Halted = "halt: while wave canary soaked, check api fails: ApiDown. Mend it, then annotate the run with patchoperator.io/resume=true, or edit the policy";

    private static readonly PlanWave Canary = new() { Name = "canary", Soak = "1h" };
    private static readonly PlanWave Rest = new() { Name = "rest" };

    /// <summary>What is found, how many minutes it has been so, how long it may be, and what the gate says.</summary>
    public static TheoryData<bool?, int?, string, string> Table => new()
    {
        { true, null, "0s", "go" },
        { false, null, "0s", Halted },
        { false, null, "2m", "go" },
        { false, 1, "2m", "go" },
        { false, 2, "2m", Halted },
        { null, 30, "0s", "go" },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_run_halts_whose_check_fails_for_too_long_in_a_soak(bool? found, int? minutes, string most, string says) =>
        Assert.Equal(says, GateWords.Of(new SoakHealthy(), Soaking(found, most, minutes is { } ago ? Known(RunCheckState.Failing, ago) : null)));

    [Fact]
    public void A_run_that_has_halted_stays_so_whatever_is_found_later_until_it_is_resumed()
    {
        var input = Soaking(true, "0s", Known(RunCheckState.Failed, 20));
        Assert.Equal(Halted, GateWords.Of(new SoakHealthy(), input));

        input.Run.Status = input.Run.Status with { Phase = RunPhase.Halted };
        input.Run.Metadata.Annotations = new Dictionary<string, string> { [ApiGroup.ResumeAnnotation] = "true" };
        Assert.Equal("go", GateWords.Of(new SoakHealthy(), input));
    }

    [Theory]
    [InlineData(true, 59, RunPhase.Soaking, "wave canary has finished and soaks until 2026-11-20 12:01:00 UTC; 1 nodes wait", 30)]
    [InlineData(null, 59, RunPhase.Soaking, "wave canary has finished and soaks until 2026-11-20 12:01:00 UTC; check api cannot be evaluated: ApiDown; 1 nodes wait", 30)]
    [InlineData(null, 60, RunPhase.Soaking, "wave canary has finished and has soaked; check api cannot be evaluated: ApiDown; 1 nodes wait", 30)]
    [InlineData(true, 60, RunPhase.Running, "patching", null)]
    public void A_soak_is_over_once_every_check_passes_at_its_end(bool? found, int finished, RunPhase phase, string message, int? again)
    {
        var decided = RunDecider.Decide(Soaking(found, "0s", null, finished), []);

        Assert.Equal((phase, message), (decided.Status.Phase, decided.Status.Message));
        Assert.Equal(phase == RunPhase.Running, decided.Status.Waves[0].SoakedAt is not null);
        if (again is { } seconds)
            Assert.Equal(TimeSpan.FromSeconds(seconds), decided.WakeUp);
    }

    [Fact]
    public void A_wave_that_has_soaked_stays_so()
    {
        var input = Soaking(false, "0s", null);
        input.Run.Status = input.Run.Status with { Waves = [input.Run.Status.Waves[0] with { SoakedAt = Noon.AddMinutes(-1) }] };

        Assert.Equal("go", GateWords.Of(new SoakHealthy(), input));
        Assert.Equal("go", GateWords.Of(new WaveSoaked(), input));
    }

    private static RunCheck Known(RunCheckState state, int minutes) => new() { Name = "api", State = state, Since = Noon.AddMinutes(-minutes), Message = "ApiDown" };

    private static RunInput Soaking(bool? found, string most, RunCheck? known, int finished = 59)
    {
        var input = Input(Settings(), Finished("c", OperationResult.Succeeded), Pending("r"))
            .InWaves(Canary, Rest)
            .AfterWave("canary", finished)
            .Checked(new HealthFacts(found, found == true ? "" : "ApiDown"), CheckTime.Soak, most);
        input.Run.Status = input.Run.Status with { Checks = known is null ? [] : [known] };
        return input;
    }
}
