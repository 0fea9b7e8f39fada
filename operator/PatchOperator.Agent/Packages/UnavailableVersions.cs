using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Approved versions that a host is not offered.</summary>
internal static class UnavailableVersions
{
    /// <param name="source">What does not have them: an archive, or a repository.</param>
    /// <param name="gone">Each with what is offered instead.</param>
    /// <param name="areReplaced">Whether newer versions are offered of all of them.</param>
    public static StepFailureException Failure(string source, IEnumerable<string> gone, bool areReplaced)
    {
        var advice = areReplaced
            ? "newer versions have come out since the plan was made, and the next run plans with them"
            : "its mirror lags behind those of other nodes: bring it up to date, the next run plans with what it has then";
        return StepFailureException.Precondition(
            AgentReasons.VersionUnavailable, $"no {source} of this host offers {string.Join(", ", gone)}; nothing was touched; {advice}");
    }
}
