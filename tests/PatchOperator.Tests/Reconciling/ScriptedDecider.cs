using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.World;

namespace PatchOperator.Tests.Reconciling;

/// <summary>Decides what a test says.</summary>
internal sealed class ScriptedDecider : IDecider<PatchRun, PatchRunStatus>
{
    public Func<Answers, IEnumerable<Question>> Questions { get; set; } = _ => [];

    /// <summary>What is decided of a run; by default nothing, and the status stays.</summary>
    public Func<PatchRun, Decision<PatchRunStatus>> Decision { get; set; } = run => new Decision<PatchRunStatus> { Status = run.Status, Why = "nothing to do" };

    /// <summary>When it was asked to decide, and of what snapshot.</summary>
    public List<(DateTimeOffset Now, Snapshot Snapshot, Answers Answers)> Decided { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<Question> Ask(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now) => Questions(answers);

    /// <inheritdoc/>
    public Decision<PatchRunStatus> Decide(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        Decided.Add((now, snapshot, answers));
        return Decision(entity);
    }

    /// <inheritdoc/>
    public Decision<PatchRunStatus> Refused(PatchRun entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now) => new()
    {
        Status = entity.Status with { Message = refusal.Message },
        Why = refusal.Message,
        Events = [new EngineEvent(Reasons.ApiRefused, refusal.Message, Warning: true)],
        WakeUp = TimeSpan.FromSeconds(10),
    };

    /// <inheritdoc/>
    public PatchRunStatus Settle(PatchRun entity, Decision<PatchRunStatus> decision, IReadOnlyList<Refusal> refused, DateTimeOffset now) =>
        refused.Count == 0 ? decision.Status : decision.Status with { Message = $"without {string.Join(", ", refused.Select(refusal => refusal.What!.Words))}" };
}
