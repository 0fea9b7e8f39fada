namespace PatchOperator.Api;

/// <summary>An image that is or was current, as the history of its baseline has it.</summary>
public sealed record ImageRecord
{
    public string Digest { get; init; } = "";

    public string Version { get; init; } = "";

    public DateTimeOffset BuiltAt { get; init; }

    public DateTimeOffset PromotedAt { get; init; }

    public ImageState State { get; init; }

    /// <summary>Live nodes that came from it.</summary>
    public int Nodes { get; init; }
}
