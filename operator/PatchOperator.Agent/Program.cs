using PatchOperator.Agent;
using PatchOperator.Agent.Exec;

// First and without a parser: this path runs once per command on the host.
if (args is [ExecArguments.Subcommand, ..])
    return ExecCommand.Run(args.AsSpan(1));

return await AgentCommandLine.RunAsync(args);
