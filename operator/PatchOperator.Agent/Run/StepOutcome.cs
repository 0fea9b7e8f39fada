using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>How a step ended, in the words of the report.</summary>
/// <param name="Result">Its number is the exit code.</param>
/// <param name="Reason">A constant of <see cref="AgentReasons"/>.</param>
/// <param name="Message">One sentence for a person.</param>
internal sealed record StepOutcome(AgentResult Result, string Reason, string Message)
{
    public static StepOutcome Completed(string message) => new(AgentResult.Done, AgentReasons.Completed, message);
}
