namespace PatchOperator.Api;

/// <summary>What a golden image is made of, where it goes, and when it is built anew.</summary>
public sealed record ImageBaselineSpec
{
    public ImageSource Source { get; init; } = new();

    public ImageRecipe Recipe { get; init; } = new();

    public ImageBuilder Builder { get; init; } = new();

    public ImageOutput Output { get; init; } = new();

    public ImageTriggers Triggers { get; init; } = new();

    /// <summary>How often the image is scanned for updates that came out since it was built.</summary>
    public ScanSettings Scan { get; init; } = new();

    /// <summary>Commands that must succeed inside the built image.</summary>
    public List<ImageTest> Tests { get; init; } = [];

    public ImageGate Gate { get; init; } = new();

    public ImagePromotion Promotion { get; init; } = new();

    public ImageRetention Retention { get; init; } = new();

    /// <summary>How live nodes are told to come from this image; absent: nodes are not counted.</summary>
    public ImageNodes? Nodes { get; init; }

    /// <summary>Digests of images that must not run any more; nodes that still do are named, and a revoked image is never promoted.</summary>
    public List<string> Revoked { get; init; } = [];

    /// <summary>Nothing is built, scanned or promoted; what is under way finishes.</summary>
    public bool Suspend { get; init; }
}
