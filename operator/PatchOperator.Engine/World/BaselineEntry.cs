using PatchOperator.Api;

namespace PatchOperator.Engine.World;

/// <summary>A baseline, and what is wrong with its spec.</summary>
public sealed record BaselineEntry(ImageBaseline Baseline, IReadOnlyList<SpecError> Errors);
