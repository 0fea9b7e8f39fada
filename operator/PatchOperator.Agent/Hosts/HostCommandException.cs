namespace PatchOperator.Agent.Hosts;

/// <summary>A command of the host failed that had no reason to.</summary>
internal sealed class HostCommandException(HostCommand command, CommandResult result)
    : Exception($"{command.Program} failed with exit code {result.ExitCode}: {result.Complaint}");
