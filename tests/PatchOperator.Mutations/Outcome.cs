namespace PatchOperator.Mutations;

/// <summary>What became of a mutation.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>A test has noticed it.</summary>
    /// <param name="By">What has noticed it, the first that failed.</param>
    public sealed record Caught(Failure By) : Outcome
    {
        /// <inheritdoc/>
        public override string ToString() => $"caught by {By}";
    }

    /// <summary>No test has noticed it.</summary>
    public sealed record Survived : Outcome
    {
        /// <inheritdoc/>
        public override string ToString() => "SURVIVED";
    }

    /// <summary>It cannot be made: the list is to be mended.</summary>
    /// <param name="Why">What hinders it.</param>
    public sealed record Impossible(string Why) : Outcome
    {
        /// <inheritdoc/>
        public override string ToString() => $"NOT MADE: {Why}";
    }
}
