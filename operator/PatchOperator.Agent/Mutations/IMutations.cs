using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Mutations;

/// <summary>Runs what changes the host, so that the end of the agent is not the end of it.</summary>
internal interface IMutations
{
    /// <summary>Waits for the one of this name that an earlier agent began. Null when there is none.</summary>
    /// <exception cref="StepFailureException">TimedOut: it goes on.</exception>
    Task<MutationEnd?> ResumeAsync(string name, Deadline deadline);

    /// <summary>Begins one and waits for its end, after that of one of the same name that an earlier agent has begun.</summary>
    /// <exception cref="StepFailureException">TimedOut: it goes on.</exception>
    Task<MutationEnd> RunAsync(string name, HostCommand command, Deadline deadline);
}
