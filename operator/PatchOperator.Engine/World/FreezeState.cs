namespace PatchOperator.Engine.World;

/// <summary>What a Blackout window says at one instant.</summary>
/// <param name="Lasts">Whether no node may begin.</param>
/// <param name="Until">When <paramref name="Lasts"/> changes though nothing else does, in UTC; null when it does not.</param>
/// <param name="Why">It in words.</param>
public sealed record FreezeState(bool Lasts, DateTimeOffset? Until, string Why);
