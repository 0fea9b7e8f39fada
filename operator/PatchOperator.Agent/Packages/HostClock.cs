using System.Globalization;
using System.Text.RegularExpressions;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// A host's clock that is behind: what repositories have signed, or their certificates, is not valid there yet. What is not valid any more says nothing of the
/// clock: mirrors stand still, and certificates are forgotten.
/// </summary>
internal static partial class HostClock
{
    /// <summary>Why lists could not be refreshed: the clock, where what was said tells it, or else the repositories.</summary>
    /// <param name="said">What the package manager has said, in the C locale.</param>
    /// <param name="now">What time it is on the host.</param>
    /// <param name="message">What has failed, for a person.</param>
    public static StepFailureException Failure(string said, DateTimeOffset now, string message)
    {
        if (!NotYetValid().IsMatch(said))
            return StepFailureException.Precondition(AgentReasons.RepositoryUnavailable, message);
        var time = now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return StepFailureException.Precondition(
            AgentReasons.ClockWrong, $"the host's clock is behind, or a repository's is ahead: on the host it is {time} UTC; {message}");
    }

    // apt; OpenSSL, for curl in dnf and zypper; GnuTLS, for apt.
    [GeneratedRegex(@"is not valid yet \(invalid for another|certificate is not yet valid|uses not yet valid certificate")]
    private static partial Regex NotYetValid();
}
