namespace PatchOperator.Agent.Hosts;

/// <summary>The kernel that runs: it is the same for the agent and its host.</summary>
internal static class RunningKernel
{
    /// <summary>What <c>uname -r</c> prints.</summary>
    public static string Release => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    /// <summary>What <c>uname -v</c> prints.</summary>
    public static string Build => File.ReadAllText("/proc/sys/kernel/version").Trim();
}
