using System.Text.RegularExpressions;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Tells what the recipe has done wrong from what will be better another time, by what apt says.</summary>
internal static partial class AptFailures
{
    private static readonly string[] Away =
    [
        "Failed to fetch",
        "Unable to fetch",
        "Could not resolve",
        "Could not connect",
        "does not have a Release file",
        "no longer has a Release file",
    ];

    /// <param name="what">What failed, for the message.</param>
    /// <param name="log">What was said, in the C locale.</param>
    public static ImageFailureException Explain(string what, string log)
    {
        var errors = AptMessages.Errors(log);
        var message = $"{what}: {(errors.Count > 0 ? string.Join("; ", errors) : AptMessages.Tail(log))}";
        return AptMessages.IsDiskFull(log) ? new ImageFailureException(ImageReasons.DiskFull, message)
            : IsAway(log) ? new ImageFailureException(ImageReasons.RepositoryUnavailable, message)
            : new ImageFailureException(ImageReasons.RecipeFailed, message);
    }

    /// <summary>
    /// A server that says "404 Not Found" to the suite is not away: there is no such suite. To a package, or to an index by its hash, it has been replaced
    /// since the list of them was fetched.
    /// </summary>
    private static bool IsAway(string log) =>
        Away.Any(text => log.Contains(text, StringComparison.Ordinal))
        && !(log.Contains("does not have a Release file", StringComparison.Ordinal) && log.Contains("404  Not Found", StringComparison.Ordinal))
        && !MissingIndex().IsMatch(log)
        && !log.Contains("NO_PUBKEY", StringComparison.Ordinal)
        && !log.Contains("is not signed", StringComparison.Ordinal);

    [GeneratedRegex(@"Failed to fetch \S+/dists/(?!\S*/by-hash/)\S+ +404 ")]
    private static partial Regex MissingIndex();
}
