using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Images.Running;

/// <summary>A line of sources.list(5): <c>deb [options] URI suite components</c>.</summary>
/// <param name="Text">The line.</param>
/// <param name="Suite">Its suite, such as <c>bookworm-security</c>.</param>
internal sealed partial record AptLine(string Text, string Suite)
{
    public bool IsSecurity => Suite.Contains("security", StringComparison.Ordinal);

    /// <summary>Null when it is none. Only http and https: other methods name things of the build's container, which the image does not have.</summary>
    public static AptLine? Parse(string? line) =>
        line is { Length: <= 1000 } && Line().Match(line) is { Success: true } match ? new AptLine(line, match.Groups["suite"].Value) : null;

    [GeneratedRegex(
        @"\Adeb +(\[[A-Za-z0-9 =,+./:_-]*\] +)?https?://[A-Za-z0-9:@%/.~_+\[\]-]+"
        + @" +(?<suite>[A-Za-z0-9./][A-Za-z0-9./+~_-]*)( +[A-Za-z0-9][A-Za-z0-9./_-]*)*\z")]
    private static partial Regex Line();
}
