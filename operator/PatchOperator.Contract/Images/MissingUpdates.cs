namespace PatchOperator.Contract.Images;

/// <summary>What an image lacks of the updates of a run.</summary>
/// <param name="Run">The run's UID.</param>
/// <param name="Missing">How many of its updates are for a package that the image has at an older version.</param>
/// <param name="Names">The first <see cref="MaxNames"/>.</param>
public sealed record MissingUpdates(string Run, int Missing, IReadOnlyList<string> Names)
{
    /// <summary>The most names.</summary>
    public const int MaxNames = 5;
}
