using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Effects;
using PatchOperator.Engine;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.World;
using PatchOperator.Ports;
using PatchOperator.Questions;

namespace PatchOperator.Reconciling;

/// <summary>Ask, decide, apply, write the status once if it has changed, say: the same for every kind.</summary>
internal sealed class Reconciler<TEntity, TStatus>(
    Kind<TEntity, TStatus> kind,
    IDecider<TEntity, TStatus> decider,
    IWorld world,
    IApi api,
    EffectHandlers effects,
    QuestionHandlers questions,
    TimeProvider time,
    ILogger logger) : IReconciler, IDisposable
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <inheritdoc/>
    public string Kind => kind.Name;

    private DateTimeOffset Now => Instants.WholeSeconds(time.GetUtcNow());

    /// <inheritdoc/>
    public IEnumerable<string> Names(Snapshot snapshot) => kind.All(snapshot).Select(entity => entity.Metadata.Name);

    /// <inheritdoc/>
    public async Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        var answers = new Answers();
        if (!kind.OneAtATime)
            return await DoAsync(name, answers, cancellationToken);
        // Before its turn: whoever is slow to answer keeps nobody else waiting.
        if (kind.Find(world.Snapshot, name) is { } entity)
            await AskAsync(entity, world.Snapshot, Now, answers, cancellationToken);
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await DoAsync(name, answers, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<TimeSpan?> DoAsync(string name, Answers answers, CancellationToken cancellationToken)
    {
        if (kind.Find(world.Snapshot, name) is not { } entity)
            return null;
        if (kind.Finalizer is { } finalizer && entity.Metadata.DeletionTimestamp is null && !HasFinalizer(entity))
            entity = await SetFinalizersAsync(entity, [.. entity.Metadata.Finalizers ?? [], finalizer], cancellationToken);

        var (snapshot, now) = (world.Snapshot, Now);
        var refused = await AskAsync(entity, snapshot, now, answers, cancellationToken);
        Decision<TStatus>? decision = null;
        if (refused.Count == 0)
        {
            decision = decider.Decide(entity, snapshot, answers, now);
            refused = await effects.ApplyAsync(decision.Effects.Where(effect => !effect.FollowsStatus), cancellationToken);
        }

        // What was to follow has not happened: neither the rest of the decision, nor its status.
        var essential = refused.FirstOrDefault(refusal => refusal.What is not { IsOptional: true });
        if (essential is not null || decision is null)
            decision = decider.Refused(entity, world.Snapshot, essential!, now);
        var status = essential is null ? decider.Settle(entity, decision, refused, now) : decision.Status;
        logger.LogDebug("{Kind} {Name}: {Why}", kind.Name, name, decision.Why);

        entity = await WriteStatusAsync(entity, status, cancellationToken);
        await SayAsync(entity, [.. decision.Events, .. refused.Where(refusal => refusal.What is { IsOptional: true }).Select(Event)], cancellationToken);
        if (essential is null)
            await effects.ApplyAsync(decision.Effects.Where(effect => effect.FollowsStatus), cancellationToken);
        if (decision.Released && entity.Metadata.DeletionTimestamp is not null && HasFinalizer(entity))
            await SetFinalizersAsync(entity, [.. entity.Metadata.Finalizers.Where(other => other != kind.Finalizer)], cancellationToken);
        return decision.WakeUp ?? TimeSpan.MaxValue;
    }

    // All that can be asked at the same time is; none is left unanswered over the refusal of another.
    private async Task<IReadOnlyList<Refusal>> AskAsync(
        TEntity entity, Snapshot snapshot, DateTimeOffset now, Answers answers, CancellationToken cancellationToken)
    {
        while (decider.Ask(entity, snapshot, answers, now).Where(question => !answers.Has(question)).ToList() is { Count: > 0 } open)
        {
            var answered = await Task.WhenAll(open.Select(question => AnswerAsync(question, cancellationToken)));
            foreach (var (question, answer) in open.Zip(answered).Where(asked => asked.Second.Refused is null))
                answers.Add(question, answer.Answer);
            if (answered.Select(answer => answer.Refused).OfType<Refusal>().FirstOrDefault() is { } refused)
                return [refused];
        }

        return [];
    }

    private async Task<(object? Answer, Refusal? Refused)> AnswerAsync(Question question, CancellationToken cancellationToken)
    {
        try
        {
            return (await questions.AnswerAsync(question, cancellationToken), null);
        }
        catch (HttpOperationException exception) when (ApiErrors.IsRefusal(exception))
        {
            return (null, new Refusal(null, $"the API server refused to tell {question.Words}: {ApiErrors.Words(exception)}"));
        }
    }

    private async Task<TEntity> WriteStatusAsync(TEntity entity, TStatus status, CancellationToken cancellationToken)
    {
        var before = kind.StatusOf(entity);
        // Lists are equal to themselves alone; what follows takes more than half a millisecond and half a megabyte for a node with 500 updates.
        if (Equals(before, status) || KubernetesJson.Serialize(before) == KubernetesJson.Serialize(status))
            return entity;
        var written = await api.UpdateStatusAsync(kind.With(entity, status), cancellationToken);
        kind.Written(entity, status);
        return written;
    }

    private async Task SayAsync(TEntity entity, IEnumerable<EngineEvent> events, CancellationToken cancellationToken)
    {
        foreach (var happened in events)
        {
            var level = happened.Warning ? LogLevel.Warning : LogLevel.Information;
            logger.Log(level, "{Kind} {Name}: {Reason}: {Message}", kind.Name, entity.Metadata.Name, happened.Reason, happened.Message);
            await api.PublishAsync(entity, happened, cancellationToken);
        }
    }

    private static EngineEvent Event(Refusal refusal) => new(refusal.What!.ReasonOfRefusal, refusal.Message, Warning: true);

    private bool HasFinalizer(TEntity entity) => entity.Metadata.Finalizers?.Contains(kind.Finalizer) == true;

    // A patch of nothing else, at the version that was read: nobody's change is undone, and fields that the class does not know are left alone.
    private Task<TEntity> SetFinalizersAsync(TEntity entity, IReadOnlyList<string> finalizers, CancellationToken cancellationToken) => api.PatchAsync<TEntity>(
        entity.Metadata.Name,
        JsonSerializer.Serialize(new { metadata = new { finalizers, resourceVersion = entity.Metadata.ResourceVersion, uid = entity.Metadata.Uid } }),
        cancellationToken);
}
