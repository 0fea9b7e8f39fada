namespace KubeOps.Abstractions.Builder;

/// <summary>How replicas of an operator share the work. The package knows two more ways; they are not implemented here.</summary>
public enum LeaderElectionType
{
    /// <summary>Each works on everything.</summary>
    None = 0,

    /// <summary>One works, the others wait.</summary>
    Single = 1,
}
