using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Mutations;

/// <summary>The commands that make, ask and forget a transient unit; see systemd-run(1) and systemctl(1).</summary>
internal static class SystemdUnit
{
    /// <summary>
    /// Starts the unit and does not wait: a client that waits loses its connection when systemd re-executes itself in an upgrade. For the same
    /// reason the unit writes to a file and not to a pipe, and stays loaded after its end (RemainAfterExit) until somebody has read its exit code.
    /// </summary>
    public static HostCommand Start(string unit, HostCommand command, string logFile, IReadOnlyDictionary<string, string> environment) => new(
        "systemd-run",
        [
            "--quiet",
            "--no-block",
            $"--unit={unit}.service",
            $"--description=PatchOperator: {command.Program}",
            "--property=Type=exec",
            "--property=RemainAfterExit=yes",
            "--property=StandardInput=null",
            $"--property=StandardOutput=append:{logFile}",
            $"--property=StandardError=append:{logFile}",
            .. environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"--setenv={variable.Key}={variable.Value}"),
            "--",
            command.Program,
            .. command.Arguments,
        ]);

    public static HostCommand Show(string unit) =>
        new("systemctl", "show", $"--property={string.Join(',', SystemdUnitState.Properties)}", "--", $"{unit}.service");

    /// <summary>Unloads a unit that has ended well; its processes are gone.</summary>
    public static HostCommand Stop(string unit) => new("systemctl", "stop", "--", $"{unit}.service");

    /// <summary>Unloads a unit that has failed.</summary>
    public static HostCommand Forget(string unit) => new("systemctl", "reset-failed", "--", $"{unit}.service");
}
