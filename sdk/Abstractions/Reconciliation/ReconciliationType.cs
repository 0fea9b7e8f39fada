namespace KubeOps.Abstractions.Reconciliation;

/// <summary>What happened to an object.</summary>
public enum ReconciliationType
{
    /// <summary>It is new to us.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}
