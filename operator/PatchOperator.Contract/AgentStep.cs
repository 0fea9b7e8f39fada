namespace PatchOperator.Contract;

/// <summary>The steps an agent knows.</summary>
public enum AgentStep
{
    /// <summary>Find out what is installed, pending and held, and whether a reboot is due.</summary>
    Scan,

    /// <summary>Download the approved updates.</summary>
    Stage,

    /// <summary>Install the approved updates.</summary>
    Patch,

    /// <summary>Reboot the host.</summary>
    Reboot,

    /// <summary>Scan, and fail when an approved update is missing.</summary>
    Verify,

    /// <summary>Bring back what the patch step of the same operation replaced.</summary>
    Rollback,
}
