namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>Which versions of control groups a systemd is booted on, see "Control groups" in systemd(1) and org.freedesktop.systemd1(5).</summary>
public enum CgroupMode
{
    /// <summary>Version 1 alone, in a hierarchy of systemd's own.</summary>
    Legacy,

    /// <summary>Controllers of version 1, and units in both.</summary>
    Hybrid,

    /// <summary>Version 2 alone.</summary>
    Unified,
}
