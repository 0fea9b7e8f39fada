using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Reboots;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>Reboots the host. The report comes first: the reboot ends the agent too.</summary>
internal sealed class RebootStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync()
    {
        await WaitForPackagesAsync();
        // A Job that was late, or made by a leader that had lost its lease, would take down a node that is at work again.
        if (context.OtherBoot is { } boot)
            return new StepOutcome(
                AgentResult.Done, AgentReasons.NothingToDo, $"the host has rebooted since: boot {context.Request.BootId} was to end, and this is {boot}");
        var command = HostReboot.Find(context.Commands.Root);
        await NoteUnitsAsync();
        var outcome = new StepOutcome(AgentResult.Done, AgentReasons.RebootRequested, $"asked the host to reboot: {command}");
        context.Publish(outcome);
        var result = await context.Commands.RunAsync(command, context.Deadline.Token);
        return result.Succeeded
            ? outcome
            : new StepOutcome(
                AgentResult.PreconditionFailed, AgentReasons.RebootFailed, $"{command} failed with exit code {result.ExitCode}: {result.Complaint}");
    }

    /// <summary>A host that cannot keep a note, as where its disk is full, is rebooted all the same.</summary>
    private async Task NoteUnitsAsync()
    {
        try
        {
            await context.Units.NoteAsync();
            context.Journal.KeepUnits();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HostCommandException)
        {
            context.Progress.Say($"cannot note which units run, so that nobody can tell later: {error.Message}");
        }
    }

    /// <summary>A reboot in the middle of somebody's upgrade leaves half a system. A host whose packages we do not know is rebooted all the same.</summary>
    private async Task WaitForPackagesAsync()
    {
        IPackageManager packages;
        try
        {
            packages = await context.OpenPackagesAsync();
        }
        catch (StepFailureException unsupported) when (unsupported.Outcome.Reason == AgentReasons.UnsupportedSystem)
        {
            return;
        }

        await packages.WaitUntilIdleAsync(context.Deadline);
    }
}
