using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Runs;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Runs;

public class RunStatusTests
{
    private static readonly PatchRunStatus Before = new()
    {
        Phase = RunPhase.Running,
        Message = "patching",
        Progress = new RunProgress { Total = 9, Succeeded = 1, Summary = "1/9" },
        ProgressAt = Noon.AddSeconds(-2),
    };

    private static readonly PatchRunStatus Counted =
        Before with { Progress = new RunProgress { Total = 9, Succeeded = 2, Summary = "2/9" }, ProgressAt = Noon };

    public static TheoryData<string, PatchRunStatus, PatchRunStatus, int?> Table => new()
    {
        { "counts alone, 2 s after the last", Before, Counted, 3 },
        { "counts alone, 5 s after the last", Before with { ProgressAt = Noon.AddSeconds(-5) }, Counted, null },
        { "counts that were never written", Before with { Progress = null, ProgressAt = null }, Counted, null },
        { "nothing", Before, Before, null },
        { "the phase too", Before, Counted with { Phase = RunPhase.Succeeded }, null },
        { "the message too", Before, Counted with { Message = "no slot is free" }, null },
        { "a failure too", Before, Counted with { Failures = [new RunFailure { Node = "a" }] }, null },
        { "what a person has accepted too", Before, Counted with { AcknowledgedFailures = 1 }, null },
        { "what an image lacks too", Before, Counted with { Baselines = [new BaselineCoverage { Name = "golden" }] }, null },
    };

    [Theory, MemberData(nameof(Table))]
    public void Counts_that_change_alone_are_written_every_five_seconds(string what, PatchRunStatus before, PatchRunStatus after, int? seconds)
    {
        var expected = seconds is { } wait ? Noon.AddSeconds(wait) : (DateTimeOffset?)null;

        Assert.True(expected == RunStatus.WrittenAt(before, after, Noon), what);
    }

    [Fact]
    public void What_is_refused_is_in_the_message_and_the_rest_is_as_it_was()
    {
        var run = GivenRuns.ARun(RunPhase.Running);
        run.Status = Before;

        var status = RunStatus.Refused(run, new Refusal(null, "to write spec.operation of NodePatch a was refused: denied the request"), Noon);

        Assert.Equal(
            ("to write spec.operation of NodePatch a was refused: denied the request", RunPhase.Running, Before.Progress),
            (status.Message, status.Phase, status.Progress));
        Assert.Equal(
            [("Ready", "False", Reasons.ApiRefused), ("Reconciling", "True", Reasons.ApiRefused), ("Stalled", "False", Reasons.ApiRefused)],
            status.Conditions.Select(condition => (condition.Type, condition.Status, condition.Reason)));
    }
}
