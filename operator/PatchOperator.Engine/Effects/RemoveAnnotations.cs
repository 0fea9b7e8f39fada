using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Take off a person's annotations that have taken effect.</summary>
public sealed record RemoveAnnotations(string Kind, string Name, IReadOnlyList<string> Annotations) : Effect
{
    /// <summary>The version of the object at which they are taken off; null: at any.</summary>
    public string? Version { get; init; }

    /// <inheritdoc/>
    public override string Words => $"take off the annotations {string.Join(", ", Annotations)}";

    /// <inheritdoc/>
    public override bool FollowsStatus => true;
}
