namespace PatchOperator.Api;

/// <summary>What the image is made from.</summary>
public sealed record ImageSource
{
    public ImageSourceType Type { get; init; }

    /// <summary>Image: the base image.</summary>
    public string? Image { get; init; }

    /// <summary>Suite: the distribution's suite, such as <c>bookworm</c>.</summary>
    public string? Suite { get; init; }

    /// <summary>
    /// Package repositories, one-line style: <c>deb [options] URI suite components</c>. Absent: the distribution's own, with its updates and security suites,
    /// or what the base image has.
    /// </summary>
    public List<string> Mirrors { get; init; } = [];

    /// <summary>
    /// A Secret of type kubernetes.io/dockerconfigjson in the namespace of the operator's Jobs: to pull the base image with, and the builder's own.
    /// </summary>
    public string? PullSecret { get; init; }

    /// <summary>Repository: where packages of rpm come from, for the build and for the finished image; none else.</summary>
    public List<ImageRepository> Repositories { get; init; } = [];

    /// <summary>Repository: public keys of OpenPGP in armour, one after the other. What is signed with any of them is trusted.</summary>
    public string? GpgKeys { get; init; }

    /// <summary>Image: the registry speaks plain HTTP.</summary>
    public bool Insecure { get; init; }
}
