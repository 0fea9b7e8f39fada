using System.IO.Enumeration;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>What a login is for: a registry, whose host may have globs, or a part of one.</summary>
/// <param name="Host">Host and optional port; each <c>*</c> and <c>?</c> stands for letters of one label of the host.</param>
/// <param name="Path">The repositories' common beginning, in whole parts; empty: all.</param>
internal sealed record CredentialKey(string Host, string Path)
{
    /// <summary>Keys are written as URLs too: <c>https://index.docker.io/v1/</c> is what <c>docker login</c> writes for Docker Hub.</summary>
    public static CredentialKey Parse(string text)
    {
        var name = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? text[(scheme + 3)..] : text;
        string[] parts = name.TrimEnd('/').Split('/');
        // The version of the API is no part of a repository.
        var path = parts[1..] is ["v1" or "v2", .. var rest] ? rest : parts[1..];
        return new CredentialKey(RepositoryName.Canonical(parts[0]), string.Join('/', path));
    }

    public bool Fits(RepositoryName repository) =>
        HostFits(repository.Registry) && (Path.Length == 0 || $"{repository.Path}/".StartsWith($"{Path}/", StringComparison.Ordinal));

    /// <summary>The key, in one form.</summary>
    public override string ToString() => $"{Host}/{Path}";

    private bool HostFits(string registry)
    {
        var (pattern, found) = (Host.Split('.'), registry.Split('.'));
        return pattern.Length == found.Length && pattern.Zip(found).All(labels => LabelFits(labels.First, labels.Second));
    }

    /// <summary>The last label has the port, which has no globs.</summary>
    private static bool LabelFits(string pattern, string label)
    {
        var ((patternName, patternPort), (name, port)) = (Split(pattern), Split(label));
        return patternPort == port && FileSystemName.MatchesSimpleExpression(patternName, name, ignoreCase: false);
    }

    private static (string Name, string Port) Split(string label) =>
        label.LastIndexOf(':') is >= 0 and var colon ? (label[..colon], label[colon..]) : (label, "");
}
