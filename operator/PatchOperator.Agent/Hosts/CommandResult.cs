namespace PatchOperator.Agent.Hosts;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code; 128 plus the signal's number when a signal ended it.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last lines of what it said, errors preferred, for a message to a person.</summary>
    public string Complaint => (Errors.Trim().Length > 0 ? Errors : Output).Trim().ReplaceLineEndings("; ");
}
