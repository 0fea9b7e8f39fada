using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>What a run has installed, and an image should have too.</summary>
/// <param name="RunUid">The run.</param>
/// <param name="OsFamily">The system that the updates are for.</param>
/// <param name="Architecture">Likewise.</param>
/// <param name="Updates">What the run approved for that system.</param>
public sealed record ExpectedOfRun(string RunUid, string? OsFamily, string? Architecture, IReadOnlyList<RunUpdate> Updates);
