using PatchOperator.Api;
using PatchOperator.Contract;

namespace PatchOperator.Engine.Compliances;

/// <summary>What the end of an operation says of a node, beside its packages.</summary>
internal static class Verdicts
{
    /// <summary>Whether it was found not to be well, whatever is installed.</summary>
    public static bool SayUnwell(OperationRecord? record) =>
        record?.Reason is Reasons.RollbackFailed or AgentReasons.UnitsBroken or AgentReasons.VerifyCommandFailed;
}
