using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>What comes of the nodes that are next.</summary>
/// <param name="Admitted">The reservations to write.</param>
/// <param name="Unasked">Those that could be admitted, once it is known that they can be drained.</param>
/// <param name="Blocked">Those that cannot be drained now, as far as they are remembered; the one that was asked last is the last.</param>
/// <param name="Later">When to look again though nothing has changed, in UTC; null when only a change can matter.</param>
internal sealed record Admission(
    IReadOnlyList<SetOperation> Admitted, IReadOnlyList<NodeView> Unasked, IReadOnlyList<RunBlocked> Blocked, DateTimeOffset? Later);
