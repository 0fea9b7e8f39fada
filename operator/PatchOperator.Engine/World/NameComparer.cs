namespace PatchOperator.Engine.World;

/// <summary>
/// Names as they are written, with a hash that is the same in each process, which that of a string is not: what goes through a table meets its objects
/// in the same order again, and a rollout that went wrong in the simulation goes wrong again.
/// </summary>
internal sealed class NameComparer : IEqualityComparer<string>
{
    private NameComparer()
    {
    }

    public static NameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    // FNV-1a.
    public int GetHashCode(string obj)
    {
        var hash = 2_166_136_261;
        foreach (var letter in obj)
            hash = unchecked((hash ^ letter) * 16_777_619);
        return unchecked((int)hash);
    }
}
