namespace PatchOperator.Cli.Files;

/// <summary>Files that cannot be understood, with all that is wrong as far as it is known.</summary>
internal sealed class MistakeException(params IReadOnlyList<Mistake> mistakes) : Exception(string.Join('\n', mistakes))
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Mistake> Mistakes => mistakes;
}
