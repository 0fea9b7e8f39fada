namespace PatchOperator.Api;

/// <summary>What becomes of a pending update of a node.</summary>
public enum UpdateState
{
    /// <summary>The policy does not ask for it.</summary>
    Pending,

    /// <summary>The next run installs it.</summary>
    Approved,

    /// <summary>It is approved once it has been known for long enough.</summary>
    Deferred,

    /// <summary>The policy excludes it by its name, or includes only others.</summary>
    Excluded,

    /// <summary>An administrator has put the package on hold.</summary>
    Held,

    /// <summary>Its maker gives it to other machines first.</summary>
    Phased,

    /// <summary>The policy asks for it, and it cannot be installed.</summary>
    Blocked,

    /// <summary>It is approved, and the last operation was to install it and has failed.</summary>
    Failed,
}
