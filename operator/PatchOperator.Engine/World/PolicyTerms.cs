using PatchOperator.Api;

namespace PatchOperator.Engine.World;

/// <summary>
/// What a policy asks for: of its status only since when scans count. One object as long as none of that changes, so that whatever follows from it for a
/// node is computed once.
/// </summary>
public sealed class PolicyTerms(PatchPolicy policy, IReadOnlyList<SpecError> errors)
{
    /// <summary>The policy's name.</summary>
    public string Name { get; } = policy.Metadata.Name;

    /// <summary>The policy's UID.</summary>
    public string Uid { get; } = policy.Metadata.Uid;

    /// <summary>The generation of <see cref="Spec"/>.</summary>
    public long Generation { get; } = policy.Metadata.Generation ?? 0;

    /// <summary>The spec, as a user wrote it.</summary>
    public PatchPolicySpec Spec { get; } = policy.Spec;

    /// <summary>Scans that began before are out of date, in UTC; null where all count.</summary>
    public DateTimeOffset? ScanSince { get; } = policy.Status.ScanSince;

    /// <summary>When the policy was created: of two of one priority that select a node the older has it.</summary>
    public DateTime? CreatedAt { get; } = policy.Metadata.CreationTimestamp;

    /// <summary>Whether the policy is being deleted.</summary>
    public bool Deleting { get; } = policy.Metadata.DeletionTimestamp is not null;

    /// <summary>What is wrong with the spec; empty when it is valid. An invalid policy keeps its nodes and asks nothing of them.</summary>
    public IReadOnlyList<SpecError> Errors { get; } = errors;

    /// <summary>Whether anything may be done in the policy's name.</summary>
    public bool InEffect => Errors.Count == 0 && !Deleting;

    internal bool SameAs(PatchPolicy policy, IReadOnlyList<SpecError> errors) =>
        Uid == policy.Metadata.Uid
        && Generation == (policy.Metadata.Generation ?? 0)
        && Deleting == policy.Metadata.DeletionTimestamp is not null
        && ScanSince == policy.Status.ScanSince
        && Errors.SequenceEqual(errors);
}
