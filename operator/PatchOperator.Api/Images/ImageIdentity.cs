namespace PatchOperator.Api;

/// <summary>Where a node says what image it came from: one of the three. The value holds the image's digest, or its tag.</summary>
public sealed record ImageIdentity
{
    /// <summary>The key of an annotation on the Node.</summary>
    public string? Annotation { get; init; }

    /// <summary>The key of a label on the Node.</summary>
    public string? Label { get; init; }

    /// <summary>The Node's status.nodeInfo.osImage, which is PRETTY_NAME of its os-release.</summary>
    public bool OsImage { get; init; }
}
