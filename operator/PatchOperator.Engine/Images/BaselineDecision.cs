using PatchOperator.Api;
using PatchOperator.Engine.Nodes;

namespace PatchOperator.Engine.Images;

/// <summary>
/// What to do about one baseline: the actions, then the status. Each action can be repeated without harm. A Job is created only once the status that names it has been
/// written, and an image is current only once its tag was read back: so a crash at any point leads to the same decision again.
/// </summary>
public sealed record BaselineDecision
{
    public required ImageBaselineStatus Status { get; init; }

    /// <summary>A Job to create; one that exists under the name is the same Job.</summary>
    public ImageJobRequest? Create { get; init; }

    /// <summary>Jobs that are not needed any more.</summary>
    public IReadOnlyList<string> DeleteJobs { get; init; } = [];

    /// <summary>The digest that the current tag is to stand for.</summary>
    public string? Tag { get; init; }

    /// <summary>Images to delete from the repository; the status still lists them until they are gone.</summary>
    public IReadOnlyList<string> DeleteImages { get; init; } = [];

    /// <summary>Annotations that have taken effect.</summary>
    public IReadOnlyList<string> RemoveAnnotations { get; init; } = [];

    /// <summary>When to look again though nothing has changed.</summary>
    public TimeSpan? WakeUp { get; init; }

    public IReadOnlyList<EngineEvent> Events { get; init; } = [];
}
