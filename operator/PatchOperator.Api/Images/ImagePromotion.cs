namespace PatchOperator.Api;

/// <summary>How a verified image becomes the current one.</summary>
public sealed record ImagePromotion
{
    public PromotionMode Mode { get; init; }

    /// <summary>How long a verified image waits before it is promoted by itself.</summary>
    public string Soak { get; init; } = "0s";
}
