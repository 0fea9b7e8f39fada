using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Tells repositories that are not what the source says from those that are away for a time, by what dnf and zypper say.</summary>
internal static partial class RepositoryFaults
{
    /// <param name="message">Why the metadata could not be refreshed.</param>
    public static bool AreOfTheSource(string message) => Fault().IsMatch(message);

    // zypper does not say what a server has answered; and an unknown key is no other failure to it than none.
    [GeneratedRegex("Status code: 404 |Repository type can't be determined|Signature verification failed")]
    private static partial Regex Fault();
}
