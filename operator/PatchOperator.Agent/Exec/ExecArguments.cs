namespace PatchOperator.Agent.Exec;

/// <summary>The arguments of the hidden subcommand: <c>exec --root DIR [--output FILE] -- COMMAND ARGUMENTS…</c>.</summary>
/// <param name="Root">The directory that becomes the root.</param>
/// <param name="OutputFile">A file inside that root that gets output and errors; null leaves them as they are.</param>
/// <param name="Command">The command, looked up in PATH inside the root, and its arguments.</param>
internal sealed record ExecArguments(string Root, string? OutputFile, IReadOnlyList<string> Command)
{
    public const string Subcommand = "exec";

    /// <summary>Null when the arguments make no sense.</summary>
    public static ExecArguments? Parse(ReadOnlySpan<string> arguments) => arguments switch
    {
        ["--root", var root, "--", .. { Length: > 0 } command] => new(root, null, command.ToArray()),
        ["--root", var root, "--output", var file, "--", .. { Length: > 0 } command] => new(root, file, command.ToArray()),
        _ => null,
    };

    public IReadOnlyList<string> Format() =>
        [Subcommand, "--root", Root, .. OutputFile is null ? Array.Empty<string>() : ["--output", OutputFile], "--", .. Command];
}
