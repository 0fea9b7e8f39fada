using System.Globalization;
using PatchOperator.Contract.Images;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>What an image is called: its tag, or its file's name without the extension.</summary>
internal static class Versions
{
    /// <summary>How many digits of a digest tell images apart well enough: 48 bits.</summary>
    private const int ShortDigest = 12;

    /// <summary>A version made from the template; the one it has, for content that was built before.</summary>
    /// <exception cref="ImageFailureException">InvalidRequest: the template makes no tag.</exception>
    public static string Of(ImageRequest request, string digest)
    {
        if (request.Known.FirstOrDefault(known => known.Digest == digest) is { } known)
            return known.Version;
        var started = request.StartedAt.ToUniversalTime();
        var version = request.Output.TagTemplate
            .Replace("{baseline}", request.Baseline, StringComparison.Ordinal)
            .Replace("{date}", started.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{time}", started.ToString("HHmmss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{digest}", digest["sha256:".Length..][..ShortDigest], StringComparison.Ordinal);
        return OciSyntax.IsTag(version) ? version
            : throw new ImageFailureException(
                ImageReasons.InvalidRequest,
                $"output.tagTemplate makes '{version}', which is no tag: a tag has at most 128 letters, digits, dots, dashes and underscores");
    }
}
