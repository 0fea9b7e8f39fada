namespace PatchOperator.Fleet.Scale;

/// <summary>Which rollouts are measured.</summary>
internal enum RolloutChoice
{
    /// <summary>One without faults, then one with them.</summary>
    Both,

    /// <summary>The one without faults alone.</summary>
    Plain,

    /// <summary>The one with faults alone.</summary>
    Faults,
}
