namespace PatchOperator.Agent.Contract.Images;

/// <summary>
/// How an image step ended: the termination message of its container, JSON of at most <see cref="ImageResults.MaxBytes"/> bytes. Each of our steps writes one when it fails;
/// <c>report</c> writes one always, with all that is known of the image.
/// </summary>
public sealed record ImageResult
{
    public const string CurrentSchema = "patchoperator.io/v1alpha1/image";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>A constant of <see cref="ImageReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>One sentence for a person: what happened, and what to do about it.</summary>
    public required string Message { get; init; }

    /// <summary>The image; null unless <c>report</c> has found it whole and, after a build, written it where it belongs and read it back.</summary>
    public ImageFacts? Image { get; set; }

    /// <summary>Null when it could not be found out.</summary>
    public ImageFindings? Findings { get; set; }

    /// <summary>A result for each test of the request, in its order; messages are cut to fit.</summary>
    public IReadOnlyList<ImageTestOutcome> Tests { get; set; } = [];
}

/// <param name="Digest">The manifest's digest or, in a volume, the file's: <c>sha256:…</c>.</param>
/// <param name="Version">Its tag, or its file's name without the extension.</param>
/// <param name="Size">Bytes, compressed where the format compresses.</param>
public sealed record ImageFacts(string Digest, string Version, long Size);

/// <summary>What the image's own package manager says of it.</summary>
public sealed record ImageFindings
{
    public required string OsFamily { get; init; }

    public required string OsImage { get; init; }

    public required int Packages { get; init; }

    /// <summary>See <see cref="InstalledFacts.PatchLevel"/>.</summary>
    public required string PatchLevel { get; init; }

    public required int PendingSecurity { get; init; }

    public required int PendingTotal { get; init; }

    public required int Held { get; init; }

    /// <summary>Names of pending updates, security updates first, at most ten.</summary>
    public IReadOnlyList<string> PendingNames { get; set; } = [];

    /// <summary>For each entry of the request's <see cref="ImageRequest.Expected"/>, in its order.</summary>
    public IReadOnlyList<MissingUpdates> Expected { get; set; } = [];
}

/// <param name="Run">The run's UID.</param>
/// <param name="Missing">How many of its updates are for a package that the image has at an older version.</param>
/// <param name="Names">The first five.</param>
public sealed record MissingUpdates(string Run, int Missing, IReadOnlyList<string> Names);

/// <param name="Name">The test's.</param>
/// <param name="Passed">Whether it exited with 0 in time.</param>
/// <param name="Message">Null when it passed; else its exit code, or that it took too long, and the end of what it printed.</param>
public sealed record ImageTestOutcome(string Name, bool Passed, string? Message);

/// <summary>Exit codes of the image steps, after sysexits.h; a custom builder uses them too.</summary>
public static class ImageExitCodes
{
    public const int Done = 0;

    /// <summary>EX_DATAERR: the recipe, or what came of it, is at fault. It is not tried again before somebody changes something.</summary>
    public const int BadRecipe = 65;

    /// <summary>EX_SOFTWARE: a fault of the agent.</summary>
    public const int Fault = 70;

    /// <summary>EX_TEMPFAIL: something is away that comes back, a registry or a mirror. It is tried again.</summary>
    public const int TryAgain = 75;

    /// <summary>128 + SIGTERM: told to stop.</summary>
    public const int Stopped = 143;
}

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

    /// <summary>The image cannot be scanned: its system is not supported.</summary>
    public const string UnsupportedSystem = "UnsupportedSystem";

    /// <summary>A package repository does not answer, or not as it should.</summary>
    public const string RepositoryUnavailable = "RepositoryUnavailable";

    /// <summary>The registry does not answer, or not as it should.</summary>
    public const string RegistryUnavailable = "RegistryUnavailable";

    /// <summary>The registry refuses our credentials.</summary>
    public const string RegistryDenied = "RegistryDenied";

    /// <summary>The image that was to be scanned is not where it was.</summary>
    public const string ImageNotFound = "ImageNotFound";

    public const string DiskFull = "DiskFull";
    public const string TimedOut = "TimedOut";
    public const string AgentFailed = "AgentFailed";
}
