using System.Globalization;
using PatchOperator.Agent.Units;

namespace PatchOperator.Agent.Mutations;

/// <summary>Where a unit stands.</summary>
/// <param name="Phase">Absent, running or ended.</param>
/// <param name="ExitCode">Of the main process, 128 plus the signal's number if one ended it; null unless ended, or when systemd does not say.</param>
internal sealed record SystemdUnitState(SystemdUnitPhase Phase, int? ExitCode)
{
    public static IReadOnlyList<string> Properties { get; } = ["LoadState", "ActiveState", "SubState", "ExecMainCode", "ExecMainStatus", "Job"];

    /// <summary>
    /// Reads what <see cref="SystemdUnit.Show"/> prints. A unit that is not loaded is "inactive" with load state "not-found"; one that is to be started, and
    /// waits for others, is so with a job.
    /// </summary>
    public static SystemdUnitState Parse(string output)
    {
        var values = UnitProperties.Parse(output);
        return (values.GetValueOrDefault("ActiveState"), values.GetValueOrDefault("SubState")) switch
        {
            ("active", "exited") or ("failed", _) => new(SystemdUnitPhase.Ended, ExitCodeOf(values)),
            ("inactive", _) when values.GetValueOrDefault("Job") is null or "" or "0" => new(SystemdUnitPhase.Absent, null),
            _ => new(SystemdUnitPhase.Running, null),
        };
    }

    /// <summary>ExecMainCode is the si_code of waitid(2): 1 exited, 2 killed, 3 dumped, 0 not started.</summary>
    private static int? ExitCodeOf(Dictionary<string, string> values)
    {
        if (!int.TryParse(values.GetValueOrDefault("ExecMainStatus"), CultureInfo.InvariantCulture, out var status))
            return null;
        return values.GetValueOrDefault("ExecMainCode") switch
        {
            "1" => status,
            "2" or "3" => 128 + status,
            _ => null,
        };
    }
}
