namespace PatchOperator.Contract;

/// <summary>What was run on a host, as often as it ended alike.</summary>
/// <param name="Line">The command line, without options that are the same each time, and cut.</param>
/// <param name="ExitCode">128 plus the number of the signal that ended it; null where nobody knows, or waited for its end.</param>
/// <param name="Times">How often.</param>
/// <param name="Seconds">How long all of them took together.</param>
public sealed record CommandFacts(string Line, int? ExitCode, int Times, double Seconds);
