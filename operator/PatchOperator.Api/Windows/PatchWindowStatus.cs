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
}
