using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>A step ends here, for a reason that is known and has a name.</summary>
internal sealed class StepFailureException(AgentResult result, string reason, string message) : Exception(message)
{
    public StepOutcome Outcome { get; } = new(result, reason, message);

    /// <summary>Nothing on the host was touched, by this or what came before.</summary>
    public static StepFailureException Precondition(string reason, string message) => new(AgentResult.PreconditionFailed, reason, message);
}
