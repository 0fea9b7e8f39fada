namespace PatchOperator.Agent.Run;

/// <summary>The options of <c>patch-agent run</c>.</summary>
/// <param name="HostRoot">Where the host's root is mounted.</param>
/// <param name="TerminationLog">Where the summary goes.</param>
/// <param name="InitPid">The process whose mapped libraries tell whether a reboot is due: the host's PID 1.</param>
internal sealed record AgentOptions(string HostRoot, string TerminationLog, int InitPid)
{
    public const string DefaultHostRoot = "/host";
    public const string DefaultTerminationLog = "/dev/termination-log";
    public const int DefaultInitPid = 1;
}
