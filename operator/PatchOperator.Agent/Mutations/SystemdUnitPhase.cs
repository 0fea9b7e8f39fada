namespace PatchOperator.Agent.Mutations;

internal enum SystemdUnitPhase
{
    /// <summary>Nobody has started it, or what it had to say was read.</summary>
    Absent,
    Running,

    /// <summary>It has ended and still holds its exit code.</summary>
    Ended,
}
