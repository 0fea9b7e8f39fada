using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Decisions;

/// <summary>Decides what follows for one object of a kind. Pure: the same facts lead to the same decision.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <typeparam name="TStatus">Its status.</typeparam>
public interface IDecider<in TEntity, TStatus>
{
    /// <summary>What must be asked before the decision; often nothing. An answer may lead to another question: it is asked until nothing new comes.</summary>
    IEnumerable<Question> Ask(TEntity entity, Snapshot snapshot, Answers answers, DateTimeOffset now);

    /// <summary>The decision.</summary>
    /// <param name="entity">The object, as it was last read or written.</param>
    /// <param name="snapshot">What is known of the cluster.</param>
    /// <param name="answers">The answers to <see cref="Ask"/>.</param>
    /// <param name="now">The time, in whole seconds, as Kubernetes keeps it.</param>
    Decision<TStatus> Decide(TEntity entity, Snapshot snapshot, Answers answers, DateTimeOffset now);

    /// <summary>
    /// What is written, and when to look again, when an effect or a question was refused. What was to follow from it has not happened: the status
    /// starts from what is persisted, not from that of the decision.
    /// </summary>
    Decision<TStatus> Refused(TEntity entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now);

    /// <summary>The status to write where optional effects were refused, or none was.</summary>
    TStatus Settle(TEntity entity, Decision<TStatus> decision, IReadOnlyList<Refusal> refused, DateTimeOffset now) => decision.Status;
}
