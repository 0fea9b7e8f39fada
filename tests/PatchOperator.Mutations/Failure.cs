namespace PatchOperator.Mutations;

/// <summary>A test that has failed.</summary>
/// <param name="Test">Its name, without the arguments of a row of a table.</param>
internal sealed record Failure(string Test)
{
    /// <summary>The seed with which it failed and what was wrong with it; null where it has no seeds.</summary>
    public string? Seed { get; init; }

    /// <summary>How many seeds of all stories were played until then.</summary>
    public int Played { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Seed is null ? Test : $"{Test} after {Played} seeds, with {Seed}";
}
