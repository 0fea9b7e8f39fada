using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Running;

/// <summary>How the agent ended, as the operator would see it.</summary>
internal sealed record AgentOutcome(int ExitCode, AgentReport? ReportOrNull, AgentSummary? Summary, string Output, string Errors)
{
    public AgentReport Report => ReportOrNull ?? throw new InvalidOperationException($"no report; exit code {ExitCode}\n{Output}\n{Errors}");

    /// <summary>Asserts the result, its exit code and its reason at once.</summary>
    public AgentReport Expect(AgentResult result, string reason)
    {
        Assert.True(
            (result, reason) == (Report.Result, Report.Reason), $"expected {result}/{reason}, got {Report.Result}/{Report.Reason}: {Report.Message}\n{Errors}");
        Assert.Equal((int)result, ExitCode);
        Assert.Equal((Report.Result, Report.Reason), (Summary!.Result, Summary.Reason));
        return Report;
    }
}
