namespace PatchOperator.Api;

/// <summary>The condition types.</summary>
public static class ConditionTypes
{
    /// <summary>The spec is valid and the operator acts on it.</summary>
    public const string Ready = "Ready";

    /// <summary>
    /// The operator is working to bring the spec into effect (kstatus: InProgress while True); routine work of a spec that is in effect is not meant.
    /// </summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Nothing more happens until a person acts (kstatus: Failed while True).</summary>
    public const string Stalled = "Stalled";

    /// <summary>PatchPolicy: every matched node is compliant.</summary>
    public const string Compliant = "Compliant";

    /// <summary>PatchWindow: the window is open now.</summary>
    public const string Open = "Open";

    /// <summary>ImageBaseline: no update that should be in the current image is missing from it.</summary>
    public const string UpToDate = "UpToDate";

    /// <summary>ImageBaseline: the newest image passed its tests and its gate, and is in the registry.</summary>
    public const string Verified = "Verified";

    /// <summary>ImageBaseline: the newest image is the current one.</summary>
    public const string Promoted = "Promoted";
}
