using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Mutations;

/// <summary>Notes what changes the host, in whichever way that is done.</summary>
internal sealed class NotedMutations(IMutations mutations, CommandLog log) : IMutations
{
    /// <summary>Not noted: what an earlier agent began, nobody knows the command line of, nor how long it took; what became of it says the log.</summary>
    public Task<MutationEnd?> ResumeAsync(string name, Deadline deadline) => mutations.ResumeAsync(name, deadline);

    public Task<MutationEnd> RunAsync(string name, HostCommand command, Deadline deadline) =>
        log.TimeAsync(command.Brief, () => mutations.RunAsync(name, command, deadline), end => end.ExitCode);
}
