namespace PatchOperator.Agent.Hosts;

/// <summary>A program of the host with its arguments: never a line for a shell.</summary>
internal sealed record HostCommand(string Program, params IReadOnlyList<string> Arguments)
{
    private const int MaxBrief = 200;

    /// <summary>Of its environment, besides <see cref="HostEnvironment"/>.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];

    /// <summary>In one line, cut, without options that only keep the host's configuration from changing what it does, as most of apt's are.</summary>
    public string Brief
    {
        get
        {
            var line = string.Join(' ', Arguments.Where((word, index) => !IsPinned(word) && !(index > 0 && Arguments[index - 1] == "-o")).Prepend(Program))
                .ReplaceLineEndings(" ");
            return line.Length <= MaxBrief ? line : line[..MaxBrief] + "…";
        }
    }

    public override string ToString() => string.Join(' ', [Program, .. Arguments]);

    private static bool IsPinned(string word) => word == "-o" || word.StartsWith("--setopt=", StringComparison.Ordinal);
}
