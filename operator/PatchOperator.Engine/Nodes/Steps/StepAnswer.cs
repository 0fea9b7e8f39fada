using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>How far a step has come.</summary>
/// <param name="Turn">The turn, with what the step has made of its status.</param>
internal abstract record StepAnswer(NodeInput Turn)
{
    /// <summary>What is to be done, in order.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>What a person may want to know of.</summary>
    public IReadOnlyList<EngineEvent> Events { get; init; } = [];

    /// <summary>There is nothing more to do for it.</summary>
    public sealed record Done(NodeInput Turn) : StepAnswer(Turn);

    /// <summary>It is under way.</summary>
    /// <param name="Turn">As above.</param>
    /// <param name="Why">In words.</param>
    /// <param name="WakeUp">When to look again though nothing has changed.</param>
    public sealed record Wait(NodeInput Turn, string Why, TimeSpan? WakeUp = null) : StepAnswer(Turn);

    /// <summary>It is not done, and no failure: the turn ends before it, and the node has another in the next opening.</summary>
    /// <param name="Turn">As above.</param>
    /// <param name="Reason">A constant of <see cref="Api.Reasons"/>.</param>
    /// <param name="Message">In words.</param>
    public sealed record Skipped(NodeInput Turn, string Reason, string Message) : StepAnswer(Turn);

    /// <summary>It cannot be done.</summary>
    /// <param name="Turn">As above.</param>
    /// <param name="Reason">A constant of <see cref="Api.Reasons"/>, or the agent's.</param>
    /// <param name="Message">In words.</param>
    public sealed record Failed(NodeInput Turn, string Reason, string Message) : StepAnswer(Turn);
}
