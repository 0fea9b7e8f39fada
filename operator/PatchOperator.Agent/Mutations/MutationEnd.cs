namespace PatchOperator.Agent.Mutations;

/// <summary>How a change to the host ended.</summary>
/// <param name="ExitCode">The command's exit code, 128 plus the number of the signal that ended it; null when nobody could tell any more.</param>
/// <param name="Log">What it said, output and errors.</param>
internal sealed record MutationEnd(int? ExitCode, string Log)
{
    public bool Failed => ExitCode is not (0 or null);
}
