namespace PatchOperator.Agent.Mutations;

/// <summary>How a change to the host ended.</summary>
/// <param name="ExitCode">The command's exit code, 128 plus the number of the signal that ended it; null when nobody could tell any more.</param>
/// <param name="Log">What it said, output and errors.</param>
internal sealed record MutationEnd(int? ExitCode, string Log)
{
    public bool Failed => ExitCode is not (0 or null);

    /// <summary>How it ended where what was asked for is not done, in words that follow the name of what ran.</summary>
    public string How => ExitCode switch
    {
        0 => "reports no failure, but what was asked of it is not done",
        { } code => $"failed with exit code {code}",
        null => "has ended and nobody knows its exit code",
    };
}
