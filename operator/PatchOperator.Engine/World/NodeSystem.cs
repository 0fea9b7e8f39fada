using PatchOperator.Api;

namespace PatchOperator.Engine.World;

/// <summary>What nodes must have in common to be offered the same versions: a rebuild may exist for one architecture alone.</summary>
/// <param name="OsFamily">Such as <c>debian-12</c>; null where it is not known.</param>
/// <param name="Architecture">The package manager's name of it, such as <c>amd64</c>; null where it is not known.</param>
internal readonly record struct NodeSystem(string? OsFamily, string? Architecture)
{
    /// <summary>That of a node.</summary>
    public static NodeSystem Of(NodeView view) => new(view.Status?.Node?.OsFamily, view.Status?.Node?.Architecture);

    /// <summary>That which an update is for.</summary>
    public static NodeSystem Of(RunUpdate update) => new(update.OsFamily, update.Architecture);
}
