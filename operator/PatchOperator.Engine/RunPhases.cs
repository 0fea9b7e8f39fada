using PatchOperator.Api;

namespace PatchOperator.Engine;

/// <summary>What the phases of a run mean.</summary>
public static class RunPhases
{
    /// <summary>Whether nothing more will happen in a run, whatever a person does to it.</summary>
    public static bool IsTerminal(RunPhase? phase) => phase is RunPhase.Succeeded or RunPhase.Failed or RunPhase.Cancelled or RunPhase.Superseded;
}
