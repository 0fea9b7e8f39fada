namespace PatchOperator.Contract.Images;

/// <summary>Why an image step ended as it did. Each is explained to people in the operator's documentation.</summary>
public static class ImageReasons
{
    public const string Completed = "Completed";

    /// <summary>The request cannot be carried out as it is written.</summary>
    public const string InvalidRequest = "InvalidRequest";

    /// <summary>The builder failed for a reason that lies in source or recipe.</summary>
    public const string RecipeFailed = "RecipeFailed";

    /// <summary>What the builder left is not what the contract asks for.</summary>
    public const string ResultInvalid = "ResultInvalid";

    /// <summary>The image's system is not supported: its packages can neither be changed nor scanned.</summary>
    public const string UnsupportedSystem = "UnsupportedSystem";

    /// <summary>A package repository does not answer, or not as it should.</summary>
    public const string RepositoryUnavailable = "RepositoryUnavailable";

    /// <summary>The registry does not answer, or not as it should.</summary>
    public const string RegistryUnavailable = "RegistryUnavailable";

    /// <summary>The registry refuses our credentials.</summary>
    public const string RegistryDenied = "RegistryDenied";

    /// <summary>The registry, or a proxy in front of it, does not take as much at once.</summary>
    public const string ImageTooLarge = "ImageTooLarge";

    /// <summary>The image that was to be scanned is not where it was.</summary>
    public const string ImageNotFound = "ImageNotFound";

    /// <summary>The image has no package lists, or not of every archive: what is pending in it cannot be known.</summary>
    public const string ListsMissing = "ListsMissing";

    public const string DiskFull = "DiskFull";
    public const string TimedOut = "TimedOut";
    public const string AgentFailed = "AgentFailed";
}
