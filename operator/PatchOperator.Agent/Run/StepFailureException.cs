using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>A step ends here, for a reason that is known and has a name.</summary>
internal sealed class StepFailureException(StepOutcome outcome) : Exception(outcome.Message)
{
    public StepFailureException(AgentResult result, string reason, string message)
        : this(new StepOutcome(result, reason, message))
    {
    }

    public StepOutcome Outcome => outcome;

    /// <summary>Nothing on the host was touched, by this or what came before.</summary>
    public static StepFailureException Precondition(string reason, string message) => new(AgentResult.PreconditionFailed, reason, message);
}
