using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Policies;

namespace PatchOperator.Engine.Images;

/// <summary>Everything a decision about one baseline is made from.</summary>
public sealed record BaselineInput
{
    public required ImageBaseline Baseline { get; init; }

    /// <summary>Empty when the spec is valid.</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];

    /// <summary>The baseline's Jobs by name, finished ones included.</summary>
    public IReadOnlyDictionary<string, ImageJobFacts> Jobs { get; init; } = new Dictionary<string, ImageJobFacts>();

    /// <summary>The answer to <see cref="RegistryQuestion.Of"/>; null when it asked nothing.</summary>
    public RegistryFacts? Registry { get; init; }

    public IReadOnlyList<NodeFacts> Nodes { get; init; } = [];

    /// <summary>Runs of the policies in triggers.onPolicies.</summary>
    public IReadOnlyList<PatchRun> Runs { get; init; } = [];

    /// <summary>The states of the windows in triggers.windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    internal ImageBaselineSpec Spec => Baseline.Spec;

    internal string? Annotation(string name) =>
        Baseline.Metadata.Annotations is { } annotations && annotations.TryGetValue(name, out var value) ? value : null;
}
