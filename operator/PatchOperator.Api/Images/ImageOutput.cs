namespace PatchOperator.Api;

/// <summary>What is made, and where it goes.</summary>
public sealed record ImageOutput
{
    public ImageFormat Format { get; init; }

    /// <summary>The repository in a registry, such as <c>registry.example.com/golden/worker</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>The tag of each image: <c>{baseline}</c>, <c>{date}</c>, <c>{time}</c> and <c>{digest}</c> (its first 12 digits) are filled in.</summary>
    public string TagTemplate { get; init; } = "{date}-{digest}";

    /// <summary>The tag that is moved to each image as it is promoted.</summary>
    public string CurrentTag { get; init; } = "current";

    /// <summary>A Secret of type kubernetes.io/dockerconfigjson in the namespace of the operator's Jobs.</summary>
    public string? PushSecret { get; init; }

    /// <summary>The registry speaks plain HTTP.</summary>
    public bool Insecure { get; init; }

    /// <summary>Tar and RawDisk: a volume to write files to, instead of a repository.</summary>
    public ImageVolume? Volume { get; init; }
}
