namespace KubeOps.Abstractions.Reconciliation;

/// <summary>Who wants an object to be reconciled.</summary>
public enum ReconciliationTriggerSource
{
    /// <summary>A watch.</summary>
    ApiServer,

    /// <summary>The operator itself.</summary>
    Operator,
}
