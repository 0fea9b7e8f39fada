namespace PatchOperator.Contract;

/// <summary>How a step ended. The number is the agent's exit code.</summary>
public enum AgentResult
{
    Done = 0,
    NothingToDo = 10,
    PreconditionFailed = 20,
    PackageManagerFailed = 30,
    VerificationFailed = 40,
}
