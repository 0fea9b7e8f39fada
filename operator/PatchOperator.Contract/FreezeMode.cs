namespace PatchOperator.Contract;

/// <summary>What becomes of an update whose planned version a host's archives do not offer.</summary>
public enum FreezeMode
{
    /// <summary>It is not installed: exactly the planned versions, or nothing.</summary>
    Strict,

    /// <summary>A newer version is installed instead, as when it has replaced the planned one in the archive. An older one is not.</summary>
    AtLeast,

    /// <summary>Whatever the host's own archives would install is, planned or not.</summary>
    None,
}
