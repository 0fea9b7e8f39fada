using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages;

/// <summary>Downloads of a package manager that change nothing else.</summary>
internal static class Downloads
{
    /// <summary>Why one has failed, in the words for an installation that has not begun.</summary>
    public static StepFailureException ExplainDownload(this IPackageManager packages, CommandResult result) =>
        new(packages.Explain(new MutationEnd(result.ExitCode, $"{result.Output}\n{result.Errors}"), untouched: true));
}
