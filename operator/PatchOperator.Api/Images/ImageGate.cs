namespace PatchOperator.Api;

/// <summary>What keeps a built image from promotion, besides a failed test.</summary>
public sealed record ImageGate
{
    /// <summary>How many security updates may be pending in the image.</summary>
    public int MaxPendingSecurity { get; init; }

    public GateAction OnFinding { get; init; }
}
