namespace PatchOperator.Contract;

/// <summary>When a service is restarted that runs code which was replaced.</summary>
public enum RestartMode
{
    Never,

    /// <summary>Where no reboot is due, which would do it.</summary>
    UnlessRebootDue,

    Always,
}
