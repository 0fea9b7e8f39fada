namespace PatchOperator.Api;

/// <summary>How runs begin that a person asks for outside of the usual times.</summary>
public sealed record EmergencySettings
{
    /// <summary>Whether such a run begins by itself, with its waves, or once a person has approved its plan; absent: as others of the policy.</summary>
    public ApprovalMode? Approval { get; init; }
}
