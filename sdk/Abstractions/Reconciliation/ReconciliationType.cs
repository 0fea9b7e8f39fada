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

/// <summary>Who wants an object to be reconciled.</summary>
public enum ReconciliationTriggerSource
{
    /// <summary>A watch.</summary>
    ApiServer,

    /// <summary>The operator itself.</summary>
    Operator,
}
