using PatchOperator.Api;
using PatchOperator.Engine.Nodes;

namespace PatchOperator.Engine.Runs;

/// <summary>What to do about one run.</summary>
public sealed record RunDecision
{
    /// <summary>Nodes whose slot is to be reserved, with what is asked of each.</summary>
    public IReadOnlyList<Admission> Admit { get; init; } = [];

    /// <summary>Nodes whose operation is to be taken back: finished, or withdrawn.</summary>
    public IReadOnlyList<string> Release { get; init; } = [];

    public required PatchRunStatus Status { get; init; }

    /// <summary>Whether the resume annotation has taken effect and is to be removed.</summary>
    public bool Resumed { get; init; }

    /// <summary>Whether no node is in flight for the run any more, so that it may be deleted.</summary>
    public bool AtRest { get; init; }

    /// <summary>When to look again though nothing has changed.</summary>
    public TimeSpan? WakeUp { get; init; }

    public EngineEvent? Event { get; init; }
}
