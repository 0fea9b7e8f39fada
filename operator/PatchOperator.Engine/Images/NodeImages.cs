using PatchOperator.Api;
using PatchOperator.Engine.Selection;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Images;

/// <summary>Which live nodes came from which image, by what each says of itself.</summary>
internal static class NodeImages
{
    private const int NamedNodes = 5;

    public static void Count(BaselineDraft draft)
    {
        if (draft.Spec.Nodes is not { } nodes)
        {
            draft.Status = draft.Status with { Nodes = null };
            return;
        }

        var known = draft.Status.History;
        var byDigest = draft.Input.Nodes
            .Where(node => LabelSelectors.Matches(nodes.Selector, node.Labels))
            .Select(node => (node.Name, Image: Value(nodes.IdentifyBy, node) is { } value ? known.FirstOrDefault(record => Names(value, record)) : null))
            .ToLookup(node => node.Image?.Digest, node => node.Name);
        draft.Status = draft.Status with
        {
            Nodes = Counts(draft, byDigest),
            History = [.. known.Select(record => record with { Nodes = byDigest[record.Digest].Count() })],
        };
        Shout(draft, byDigest);
    }

    /// <summary>Whether a node's value names this image: by its digest, or by its version as a whole word.</summary>
    public static bool Names(string value, ImageRecord record)
    {
        if (value.Contains(record.Digest["sha256:".Length..], StringComparison.OrdinalIgnoreCase))
            return true;
        for (var at = value.IndexOf(record.Version, StringComparison.Ordinal); at >= 0; at = value.IndexOf(record.Version, at + 1, StringComparison.Ordinal))
        {
            var end = at + record.Version.Length;
            if ((at == 0 || !IsPart(value[at - 1])) && (end == value.Length || !IsPart(value[end])))
                return true;
        }

        return false;
    }

    private static bool IsPart(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';

    private static string? Value(ImageIdentity identity, NodeFacts node) => identity switch
    {
        { Annotation: { } key } => node.Annotations.GetValueOrDefault(key),
        { Label: { } key } => node.Labels.GetValueOrDefault(key),
        _ => node.OsImage,
    };

    private static ImageNodeCounts Counts(BaselineDraft draft, ILookup<string?, string> byDigest)
    {
        var total = byDigest.Sum(group => group.Count());
        var onCurrent = draft.Status.Current is { } current ? byDigest[current.Digest].Count() : 0;
        var unknown = byDigest[null].Count();
        return new ImageNodeCounts
        {
            Total = total,
            OnCurrent = onCurrent,
            Outdated = total - onCurrent - unknown,
            Unknown = unknown,
            OnRevoked = draft.Spec.Revoked.Sum(digest => byDigest[digest].Count()),
            Summary = $"{onCurrent}/{total}",
        };
    }

    private static void Shout(BaselineDraft draft, ILookup<string?, string> byDigest)
    {
        var names = draft.Spec.Revoked.SelectMany(digest => byDigest[digest]).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return;
        draft.RevokedInUse = $"{names.Count} live nodes came from a revoked image and must be replaced: "
            + $"{string.Join(", ", names.Take(NamedNodes))}{(names.Count > NamedNodes ? ", ..." : "")}";
        if (names.Count > (draft.Input.Baseline.Status.Nodes?.OnRevoked ?? 0))
            draft.Say(Reasons.RevokedInUse, draft.RevokedInUse, warning: true);
    }
}
