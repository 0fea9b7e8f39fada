namespace PatchOperator.Agent.Units;

/// <summary>What systemd says of one of its units, in its own words.</summary>
/// <param name="Name">Such as <c>ssh.service</c>.</param>
/// <param name="Load">Whether it has a definition: <c>loaded</c>, <c>not-found</c>.</param>
/// <param name="Active"><c>active</c>, <c>failed</c>, <c>activating</c> and so on.</param>
/// <param name="Sub">The same, more closely.</param>
/// <param name="File">What starts it: <c>enabled</c>, <c>static</c>, <c>generated</c>; empty for one that has no file.</param>
/// <param name="IsTransient">Somebody has made it at run time, and it goes with its end.</param>
/// <param name="MeetsConditions">False for one that systemd was asked to start and, by the unit's own conditions, did not.</param>
/// <param name="IsWanted">Whether a target or another unit starts it.</param>
/// <param name="Triggers">What starts it when it is needed: sockets, timers, automounts, paths.</param>
/// <param name="HasJob">It is about to be started or stopped.</param>
/// <param name="ActiveAt">When it became active last, as time since the host's boot; zero: never.</param>
internal sealed record HostUnit(
    string Name,
    string Load,
    string Active,
    string Sub,
    string File,
    bool IsTransient,
    bool MeetsConditions,
    bool IsWanted,
    string Triggers,
    bool HasJob,
    TimeSpan ActiveAt)
{
    // What ends right after its start, again and again, is active in between.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public bool IsActive => Active is "active" or "reloading";

    /// <summary>What a timer starts, or a person's session does, may fail at any time, and says nothing of an update.</summary>
    public bool HasFailed => Active == "failed" && Load != "not-found" && !IsTransient && !HasTrigger(".timer")
        && !Name.StartsWith("user@", StringComparison.Ordinal) && !Name.StartsWith("user-runtime-dir@", StringComparison.Ordinal);

    /// <summary>
    /// Whether it comes up with the host, so that it is to be active. What something else starts when it is needed may end when it is not, and a mount or a
    /// script that nothing starts was started by a person.
    /// </summary>
    public bool ComesUp => !IsTransient && Triggers.Length == 0 && (File is "enabled" or "enabled-runtime" || (File == "generated" && IsWanted));

    /// <summary>Whether it is on its way up, as it was told to be once.</summary>
    public bool IsStarting => HasJob || (Active == "activating" && Sub != "auto-restart");

    /// <summary>Whether it stays as it is, as far as anybody can tell.</summary>
    /// <param name="uptime">How long the host has been up.</param>
    public bool HasSettled(TimeSpan uptime) => !HasJob && Active switch
    {
        "active" => uptime - ActiveAt >= Settling,
        "failed" or "inactive" => true,
        _ => false,
    };

    public override string ToString() => Active == Sub ? $"{Name} ({Active})" : $"{Name} ({Active}, {Sub})";

    private bool HasTrigger(string kind) => Triggers.Split(' ').Any(trigger => trigger.EndsWith(kind, StringComparison.Ordinal));
}
