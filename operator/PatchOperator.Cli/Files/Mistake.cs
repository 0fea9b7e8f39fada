namespace PatchOperator.Cli.Files;

/// <summary>Something in a file that cannot be understood.</summary>
/// <param name="File">The file's name, as it was given.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Says">The field, and what is wrong with it.</param>
internal sealed record Mistake(string File, long Line, string Says)
{
    /// <summary>As compilers say it, so that editors find the place.</summary>
    public override string ToString() => $"{File}:{Line}: {Says}";
}
