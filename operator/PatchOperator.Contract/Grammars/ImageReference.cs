using System.Text.RegularExpressions;

namespace PatchOperator.Contract.Grammars;

/// <summary>
/// An image as people name it, <c>debian:bookworm-slim</c> or <c>registry.example.com/golden/worker@sha256:…</c>: ParseNormalizedNamed of
/// github.com/distribution/reference.
/// </summary>
public static partial class ImageReference
{
    /// <summary>The repository of an image; null when <paramref name="text"/> is no reference.</summary>
    /// <param name="text">A repository with or without its host, with or without a tag, with or without a digest.</param>
    public static RepositoryName? RepositoryOf(string? text)
    {
        if (text?.Split('@', 2) is not [var tagged, ..] parts || (parts is [_, var digest] && !OciSyntax.IsDigest(digest)))
            return null;
        // A colon before the last slash is that of a port.
        var colon = tagged.IndexOf(':', tagged.LastIndexOf('/') + 1);
        if (colon >= 0 && !OciSyntax.IsTag(tagged[(colon + 1)..]))
            return null;
        var name = colon >= 0 ? tagged[..colon] : tagged;
        var qualified = name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && RepositoryName.IsRegistry(name[..slash]);
        // Tools would take 64 digits for the identifier of an image in their own storage.
        return !Identifier().IsMatch(name) && RepositoryName.TryParse(qualified ? name : $"{RepositoryName.DockerHub}/{name}", out var repository, out _)
            ? repository
            : null;
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Identifier();
}
