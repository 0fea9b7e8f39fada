namespace PatchOperator.Api;

/// <summary>What starts a build, besides the first one, a changed spec and the annotation <see cref="ApiGroup.RebuildAnnotation"/>.</summary>
public sealed record ImageTriggers
{
    public ImageSchedule? Schedule { get; init; }

    /// <summary>Names of PatchWindows: a build starts as each opens.</summary>
    public List<string> Windows { get; init; } = [];

    /// <summary>The age at which the current image is rebuilt.</summary>
    public string? MaxAge { get; init; }

    /// <summary>Which updates, found pending in the image, cause a rebuild.</summary>
    public ImagePendingTrigger OnPendingUpdates { get; init; } = ImagePendingTrigger.Security;

    /// <summary>Names of PatchPolicies: what their runs install on nodes, the image must have too.</summary>
    public List<string> OnPolicies { get; init; } = [];
}
