using System.Globalization;

namespace PatchOperator.Contract.Grammars;

/// <summary>What the tag of each image is made from: text with <c>{baseline}</c>, <c>{date}</c>, <c>{time}</c> and <c>{digest}</c>.</summary>
public static class TagTemplate
{
    /// <summary>How many digits of a digest tell images apart well enough: 48 bits.</summary>
    private const int ShortDigest = 12;

    private static readonly string AnyDigest = "sha256:" + new string('0', ShortDigest);

    /// <summary>The template with its placeholders filled in.</summary>
    /// <param name="template">The template.</param>
    /// <param name="baseline">The baseline's name.</param>
    /// <param name="startedAt">When the build began.</param>
    /// <param name="digest">The image's, <c>sha256:…</c>.</param>
    public static string Fill(string template, string baseline, DateTimeOffset startedAt, string digest) => template
        .Replace("{baseline}", baseline, StringComparison.Ordinal)
        .Replace("{date}", startedAt.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{time}", startedAt.UtcDateTime.ToString("HHmmss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{digest}", digest["sha256:".Length..][..ShortDigest], StringComparison.Ordinal);

    /// <summary>Whether a template makes tags: dates, times and digests are of one length, so one of each stands for all.</summary>
    public static bool MakesTags(string? template, string baseline) =>
        template is not null && OciSyntax.IsTag(Fill(template, baseline, DateTimeOffset.UnixEpoch, AnyDigest));
}
