using PatchOperator.Api;

namespace PatchOperator.Engine;

/// <summary>What the phases of a run mean.</summary>
public static class RunPhases
{
    /// <summary>Whether nothing more will happen in a run, whatever a person does to it.</summary>
    public static bool IsTerminal(RunPhase? phase) => phase is RunPhase.Succeeded or RunPhase.Failed or RunPhase.Cancelled or RunPhase.Superseded;

    /// <summary>
    /// Whether a run has nodes under way, or that may begin: not one that waits for people or for its time, or has none left but those that cannot be drained.
    /// </summary>
    public static bool IsMoving(PatchRunStatus status) => status switch
    {
        { Phase: null, Progress: null } => true,
        { Phase: RunPhase.Running or RunPhase.Soaking, Progress: { } progress } =>
            progress.InProgress > 0 || progress.Pending > status.Blocked.Count(entry => entry.CheckedAt is not null),
        _ => false,
    };
}
