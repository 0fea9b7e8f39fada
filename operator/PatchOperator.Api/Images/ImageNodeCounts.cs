namespace PatchOperator.Api;

/// <summary>How many live nodes there are, by the image that they came from.</summary>
public sealed record ImageNodeCounts
{
    public int Total { get; init; }

    public int OnCurrent { get; init; }

    /// <summary>Came from an image that was current before.</summary>
    public int Outdated { get; init; }

    /// <summary>Say nothing of their image, or name one that this baseline does not know.</summary>
    public int Unknown { get; init; }

    /// <summary>Of the outdated, those that came from a revoked image.</summary>
    public int OnRevoked { get; init; }

    /// <summary>OnCurrent of total, as in <c>2/3</c>.</summary>
    public string Summary { get; init; } = "";
}
