namespace KubeOps.Abstractions.Builder;

/// <summary>Which changes of an object lead to a reconcile.</summary>
public enum ReconcileStrategy
{
    /// <summary>Those of its <c>metadata.generation</c>: of its spec, usually.</summary>
    ByGeneration,

    /// <summary>All of them.</summary>
    ByResourceVersion,
}
