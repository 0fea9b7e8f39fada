using System.Text.RegularExpressions;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Running;

/// <summary>What may become part of a command, of a path or of a URL.</summary>
internal static partial class ImageNames
{
    private const string Path = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";
    private const string Host = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?";

    /// <summary>A DNS subdomain of RFC 1123, as names of Kubernetes objects are.</summary>
    public static bool IsBaseline(string? name) => name is { Length: <= 253 } && Subdomain().IsMatch(name);

    public static bool IsDigest(string? digest) => digest is not null && OciSyntax.IsDigest(digest);

    public static bool IsTag(string? tag) => tag is not null && OciSyntax.IsTag(tag);

    public static bool IsTagTemplate(string? template) =>
        template is { Length: <= 256 } && IsTag(template.Replace("{baseline}", "x").Replace("{date}", "x").Replace("{time}", "x").Replace("{digest}", "x"));

    public static bool IsSuite(string? suite) => suite is { Length: <= 100 } && Suite().IsMatch(suite);

    /// <summary>Host, optional port, and path: without a tag.</summary>
    public static bool IsRepository(string? repository) => repository is { Length: <= 512 } && Repository().IsMatch(repository);

    /// <summary>A repository with or without its host, with or without a tag, with or without a digest.</summary>
    public static bool IsImage(string? image) => image is { Length: <= 512 } && Image().IsMatch(image);

    /// <summary>What a person calls a script or a test: short, and on one line.</summary>
    public static bool IsLabel(string? label) => label is { Length: > 0 and <= 253 } && !label.Any(char.IsControl);

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.+~-]*\z")]
    private static partial Regex Suite();

    [GeneratedRegex($@"\A{Host}/{Path}\z")]
    private static partial Regex Repository();

    [GeneratedRegex($@"\A({Host}/)?{Path}(:[A-Za-z0-9_][A-Za-z0-9._-]{{0,127}})?(@sha256:[0-9a-f]{{64}})?\z")]
    private static partial Regex Image();
}
