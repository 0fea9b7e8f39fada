using PatchOperator.Api;
using PatchOperator.Engine.Compliances;

namespace PatchOperator.Engine.World;

/// <summary>
/// What a policy asks for: of its status only since when scans count, and which updates have waited long enough. One object as long as none of that changes,
/// so that whatever follows from it for a node is computed once.
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

    /// <summary>What of updates has been seen by then has waited long enough, in UTC; null where nothing has, or nothing waits.</summary>
    public DateTimeOffset? SeenBefore { get; } = policy.Status.SeenBefore;

    /// <summary>When the policy was created: of two of one priority that select a node the older has it.</summary>
    public DateTime? CreatedAt { get; } = policy.Metadata.CreationTimestamp;

    /// <summary>Whether the policy is being deleted.</summary>
    public bool Deleting { get; } = policy.Metadata.DeletionTimestamp is not null;

    /// <summary>What is wrong with the spec; empty when it is valid. An invalid policy keeps its nodes and asks nothing of them.</summary>
    public IReadOnlyList<SpecError> Errors { get; } = errors;

    /// <summary>Whether anything may be done in the policy's name.</summary>
    public bool InEffect => Errors.Count == 0 && !Deleting;

    /// <summary>What it makes of what is known of a node.</summary>
    /// <param name="status">What is known.</param>
    /// <param name="exempt">See <see cref="NodeFacts.ExemptBecause"/>.</param>
    public Assessment Assess(NodePatchStatus status, string? exempt = null) => Assessment.Of(Spec, status, exempt, SeenBefore);

    internal bool SameAs(PatchPolicy policy, IReadOnlyList<SpecError> errors) =>
        Uid == policy.Metadata.Uid
        && Generation == (policy.Metadata.Generation ?? 0)
        && Deleting == policy.Metadata.DeletionTimestamp is not null
        && ScanSince == policy.Status.ScanSince
        && SeenBefore == policy.Status.SeenBefore
        && Errors.SequenceEqual(errors);
}
