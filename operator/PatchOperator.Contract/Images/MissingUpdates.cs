namespace PatchOperator.Contract.Images;

/// <param name="Run">The run's UID.</param>
/// <param name="Missing">How many of its updates are for a package that the image has at an older version.</param>
/// <param name="Names">The first five.</param>
public sealed record MissingUpdates(string Run, int Missing, IReadOnlyList<string> Names);
