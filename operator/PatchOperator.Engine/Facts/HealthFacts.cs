namespace PatchOperator.Engine.Facts;

/// <summary>What a health check has found.</summary>
/// <param name="Passes">Whether all is well; null where it could not be found out.</param>
/// <param name="Message">What was found, in words that stay the same while it does; empty while all is well.</param>
public sealed record HealthFacts(bool? Passes, string Message)
{
    /// <summary>All is well.</summary>
    public static HealthFacts Well { get; } = new(true, "");
}
