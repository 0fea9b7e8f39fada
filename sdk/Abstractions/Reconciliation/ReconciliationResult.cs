using System.Diagnostics.CodeAnalysis;
using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Reconciliation;

/// <summary>How a reconcile went, and when to look again.</summary>
public sealed record ReconciliationResult<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private ReconciliationResult(TEntity entity, bool isSuccess, string? errorMessage, Exception? error, TimeSpan? requeueAfter)
    {
        Entity = entity;
        IsSuccess = isSuccess;
        ErrorMessage = errorMessage;
        Error = error;
        RequeueAfter = requeueAfter;
    }

    /// <summary>The object, as last read or written.</summary>
    public TEntity Entity { get; }

    /// <summary>Whether it went well.</summary>
    [MemberNotNullWhen(false, nameof(ErrorMessage))]
    public bool IsSuccess { get; }

    /// <summary>What went wrong.</summary>
    public string? ErrorMessage { get; }

    /// <summary>The exception behind it.</summary>
    public Exception? Error { get; }

    /// <summary>When to look again; null for when something changes.</summary>
    public TimeSpan? RequeueAfter { get; set; }

    /// <summary>It went well.</summary>
    public static ReconciliationResult<TEntity> Success(TEntity entity, TimeSpan? requeueAfter = null) =>
        new(entity, true, null, null, requeueAfter);

    /// <summary>It went wrong.</summary>
    public static ReconciliationResult<TEntity> Failure(
        TEntity entity, string errorMessage, Exception? error = null, TimeSpan? requeueAfter = null) =>
        new(entity, false, errorMessage, error, requeueAfter);
}
