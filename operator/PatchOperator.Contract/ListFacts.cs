namespace PatchOperator.Contract;

/// <summary>What the package manager knows of the archives: without it, "nothing is pending" means nothing.</summary>
/// <param name="Complete">Whether the package indexes of every configured archive are there, and at least one archive is configured.</param>
/// <param name="RefreshedAt">When they were last refreshed, the oldest counts; null when no index is there.</param>
/// <param name="Message">Why they are not complete, in words; null when they are.</param>
public sealed record ListFacts(bool Complete, DateTimeOffset? RefreshedAt, string? Message);
