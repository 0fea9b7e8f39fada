using System.CommandLine;
using Microsoft.Extensions.Time.Testing;

namespace PatchOperator.Cli.Tests;

/// <summary>What a command has written and said, and how it ended. It is Friday, 20 November 2026, 12:00 UTC.</summary>
internal sealed record Run(int ExitCode, string Written, string Said)
{
    /// <summary>Runs a command line; what is in braces is the name of one of the files.</summary>
    public static Run Of(string line, params (string Name, string Text)[] files) => Of(line, clusters: null, files);

    /// <inheritdoc cref="Of(string, ValueTuple{string, string}[])"/>
    public static Run Of(string line, ClusterReader? clusters, params (string Name, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder.Path, name), text);
            line = line.Replace($"{{{name}}}", Path.Combine(folder.Path, name), StringComparison.Ordinal);
        }

        var command = Commands.Root(new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero)), clusters);
        using var written = new StringWriter();
        using var said = new StringWriter();
        var code = command.Parse(line).Invoke(new InvocationConfiguration { Output = written, Error = said });
        return new Run(code, written.ToString(), said.ToString().Replace(folder.Path + "/", "", StringComparison.Ordinal));
    }
}
