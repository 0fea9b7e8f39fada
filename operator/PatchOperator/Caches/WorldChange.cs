using PatchOperator.Engine.World;

namespace PatchOperator.Caches;

/// <summary>An object came, changed or went; the rest of the two snapshots is the same.</summary>
/// <param name="Kind">Such as <c>PatchPolicy</c>, <c>Node</c>, <c>Job</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">The cluster before.</param>
/// <param name="After">The cluster after.</param>
internal readonly record struct WorldChange(string Kind, string Name, Snapshot Before, Snapshot After);
