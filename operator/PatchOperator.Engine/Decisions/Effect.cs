namespace PatchOperator.Engine.Decisions;

/// <summary>
/// Something to be done to the world. Each kind is a file in <c>Effects</c>, and has one handler in the operator that carries it out. Each can be
/// repeated without harm: it is idempotent by a name, or one atomic write.
/// </summary>
public abstract record Effect
{
    /// <summary>What it does, for a sentence such as "to ... was refused".</summary>
    public abstract string Words { get; }

    /// <summary>Whether the decision stands without it: then a refusal is told, and the rest goes on.</summary>
    public virtual bool IsOptional => false;

    /// <summary>Whether it waits until the status has been written: it takes away what the status was decided from.</summary>
    public virtual bool FollowsStatus => false;

    /// <summary>The reason of the event that tells of its refusal.</summary>
    public virtual string ReasonOfRefusal => Api.Reasons.ApiRefused;
}
