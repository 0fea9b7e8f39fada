namespace PatchOperator.Cli.Previews;

/// <summary>A node's turn, as it is foreseen.</summary>
/// <param name="Run">The run that it is a part of.</param>
/// <param name="Window">The window in which it begins; null where it is bound to none.</param>
/// <param name="StartsAt">When it begins at the earliest, in UTC.</param>
/// <param name="EndsAt">When it could be done, in UTC.</param>
internal sealed record Turn(string Run, string? Window, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
