namespace PatchOperator.Contract.Images;

/// <summary>What a run installed on nodes, and an image should have too.</summary>
/// <param name="Run">The run's UID.</param>
/// <param name="OsFamily">The system they are for, see <see cref="HostFacts.OsFamily"/>; null: any. An image of another system lacks none of them.</param>
/// <param name="Architecture">Likewise, see <see cref="HostFacts.Architecture"/>; null: any.</param>
/// <param name="Updates">What it installed.</param>
public sealed record ExpectedUpdates(string Run, string? OsFamily, string? Architecture, IReadOnlyList<ApprovedUpdate> Updates);
