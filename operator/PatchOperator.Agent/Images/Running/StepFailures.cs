using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>What a package manager reports of a host, said of an image.</summary>
internal static class StepFailures
{
    /// <param name="failure">The failure.</param>
    /// <param name="otherwise">The reason of those that have none of the same name here.</param>
    public static ImageFailureException Translate(StepFailureException failure, string otherwise) => new(
        failure.Outcome.Reason switch
        {
            AgentReasons.DiskFull => ImageReasons.DiskFull,
            AgentReasons.RepositoryUnavailable or AgentReasons.ClockWrong => ImageReasons.RepositoryUnavailable,
            AgentReasons.UnsupportedSystem => ImageReasons.UnsupportedSystem,
            _ => otherwise,
        },
        failure.Outcome.Message);
}
