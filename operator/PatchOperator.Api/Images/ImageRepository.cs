namespace PatchOperator.Api;

/// <summary>A repository of rpm packages.</summary>
public sealed record ImageRepository
{
    /// <summary>What dnf and zypper call it, and its file.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where its <c>repodata</c> is. <c>$basearch</c> in it is the image's architecture.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>Whether signatures are checked, by the build and by the finished image.</summary>
    public bool GpgCheck { get; init; } = true;
}
