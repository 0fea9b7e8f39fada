namespace PatchOperator.Agent.Units;

/// <summary>
/// What an operation has done to the units of a host. Those count that come up with the host and were active, and had been for a while. One whose definition
/// went with its package is not missed, nor one that its own conditions keep from starting. What came up when the operation was verified and is disabled now
/// was disabled by somebody else.
/// </summary>
/// <param name="before">The units before it.</param>
/// <param name="now">The units now.</param>
/// <param name="uptime">How long the host has been up now.</param>
/// <param name="verified">The names of those that came up with the host when it was verified that nothing is broken; none before.</param>
internal sealed class UnitChanges(UnitBaseline before, IReadOnlyList<HostUnit> now, TimeSpan uptime, IReadOnlyList<string> verified)
{
    private readonly HashSet<string> cameUp = [.. verified];
    private readonly Dictionary<string, HostUnit> earlier = before.Units.ToDictionary(unit => unit.Name);

    /// <summary>The names of those that come up with the host now.</summary>
    public IReadOnlyList<string> ComingUp => [.. now.Where(unit => unit.ComesUp).Select(unit => unit.Name)];

    /// <summary>Whether any unit that counts may still change by itself.</summary>
    public bool AreUnderWay => now.Any(unit => Counts(unit) && !unit.HasSettled(uptime));

    /// <summary>Whether any that counts is on its way up: that may take long, as where it repairs what it keeps.</summary>
    public bool AreStarting => now.Any(unit => Counts(unit) && unit.IsStarting);

    /// <summary>Those that count and are not active, or do not stay so, and any that has failed and had not.</summary>
    public IReadOnlyList<HostUnit> Broken => [.. now.Where(unit => HasNewlyFailed(unit) || IsMissed(unit))];

    /// <summary>Those that ran and do not, and that somebody has disabled.</summary>
    public IReadOnlyList<HostUnit> Disabled => [.. now.Where(unit => IsDisabledSince(unit) && !unit.IsActive && earlier[unit.Name].IsActive)];

    private bool HasNewlyFailed(HostUnit unit) => unit.HasFailed && !IsDisabledSince(unit) && earlier.GetValueOrDefault(unit.Name) is not { HasFailed: true };

    private bool IsMissed(HostUnit unit) => Counts(unit) && (!unit.HasSettled(uptime) || unit is { IsActive: false, MeetsConditions: true });

    private bool Counts(HostUnit unit) => unit.Load != "not-found" && !IsDisabledSince(unit)
        && earlier.GetValueOrDefault(unit.Name) is { IsActive: true, ComesUp: true } was && was.HasSettled(before.Uptime);

    private bool IsDisabledSince(HostUnit unit) =>
        cameUp.Contains(unit.Name) && unit.Load != "not-found" && !unit.ComesUp && earlier.GetValueOrDefault(unit.Name) is { ComesUp: true };
}
