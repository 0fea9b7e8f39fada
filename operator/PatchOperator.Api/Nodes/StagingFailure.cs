namespace PatchOperator.Api;

/// <summary>Why a scan could not download what was approved.</summary>
public sealed record StagingFailure
{
    /// <summary>sha256 of what it was to download, as in <see cref="NodeScan.StagedDigest"/>.</summary>
    public string Digest { get; init; } = "";

    public string Message { get; init; } = "";
}
