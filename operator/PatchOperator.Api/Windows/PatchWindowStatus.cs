namespace PatchOperator.Api;

/// <summary>What the operator makes of a window. Written by the operator.</summary>
public sealed record PatchWindowStatus
{
    public long ObservedGeneration { get; init; }

    public List<Condition> Conditions { get; init; } = [];

    /// <summary>The opening that lasts now; absent while the window is closed.</summary>
    public WindowOpening? Current { get; init; }

    /// <summary>The next openings, at most five, earliest first.</summary>
    public List<WindowOpening> Upcoming { get; init; } = [];

    /// <summary>What it says in each time zone of nodes, where it opens first comes first; of too many, those with the most nodes.</summary>
    public List<WindowZone> Zones { get; init; } = [];

    /// <summary>When those nodes were counted; counts alone are written every few seconds at most.</summary>
    public DateTimeOffset? CountedAt { get; init; }
}
