namespace KubeOps.Abstractions.Entities;

/// <summary>Whether objects of a kind live in namespaces.</summary>
public enum EntityScope
{
    /// <summary>In a namespace each.</summary>
    Namespaced,

    /// <summary>In none.</summary>
    Cluster,
}
