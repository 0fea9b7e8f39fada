using PatchOperator.Api;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>What a gate says.</summary>
internal abstract record GateAnswer
{
    private GateAnswer()
    {
    }

    /// <summary>Nodes may be admitted.</summary>
    public static GateAnswer Open { get; } = new Go();

    /// <summary>Nodes may be admitted.</summary>
    public sealed record Go : GateAnswer;

    /// <summary>No node is admitted for now.</summary>
    /// <param name="Phase">The run's phase meanwhile.</param>
    /// <param name="Because">Why, in words.</param>
    public sealed record NotYet(RunPhase Phase, string Because) : GateAnswer
    {
        /// <summary>When time alone may change the answer, in UTC; null when only something else can.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>The hook that is run meanwhile; null when none is.</summary>
        public OwnHook? Hook { get; init; }

        /// <summary>How the run ends once that is done; null when it has not ended.</summary>
        public RunOutcome? Outcome { get; init; }
    }

    /// <summary>No node is admitted until a person acts.</summary>
    /// <param name="Because">Why, and what to do, in words.</param>
    public sealed record Halt(string Because) : GateAnswer;

    /// <summary>The run is over.</summary>
    /// <param name="Phase">How it ended.</param>
    /// <param name="Because">Why, in words.</param>
    public sealed record End(RunPhase Phase, string Because) : GateAnswer;
}
