using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>Changes to an image end with the agent: half an image is thrown away, never resumed.</summary>
internal sealed class ImageMutations(HostCommands commands, Progress progress) : IMutations
{
    public Task<MutationEnd?> ResumeAsync(string name, Deadline deadline) => Task.FromResult<MutationEnd?>(null);

    public async Task<MutationEnd> RunAsync(string name, HostCommand command, Deadline deadline)
    {
        progress.Say($"{name}: {command}");
        // Whether it has failed may stand anywhere in what it says.
        var talking = new TalkingCommand(commands, command, progress, keepsAll: true);
        return new MutationEnd(await talking.RunAsync(deadline.Token), talking.Said);
    }
}
