using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Mutations;

/// <summary>A package manager that is stopped halfway leaves worse than one that takes too long: it is left alone.</summary>
internal static class MutationTimeout
{
    public static StepFailureException Of(string what, HostCommand? command) => new(
        AgentResult.PackageManagerFailed,
        AgentReasons.TimedOut,
        $"{command?.Program ?? "the package manager"} did not end in time; it is not stopped and goes on as {what} on the host");
}
