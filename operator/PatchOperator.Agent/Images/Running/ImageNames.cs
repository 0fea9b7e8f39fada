using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Images.Running;

/// <summary>What may become part of a command, of a path or of a URL.</summary>
internal static partial class ImageNames
{
    /// <summary>A DNS subdomain of RFC 1123, as names of Kubernetes objects are.</summary>
    public static bool IsBaseline(string? name) => name is { Length: <= 253 } && Subdomain().IsMatch(name);

    public static bool IsSuite(string? suite) => suite is { Length: <= 100 } && Suite().IsMatch(suite);

    /// <summary>What a person calls a script or a test: short, and on one line.</summary>
    public static bool IsLabel(string? label) => label is { Length: > 0 and <= 253 } && !label.Any(char.IsControl);

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.+~-]*\z")]
    private static partial Regex Suite();
}
