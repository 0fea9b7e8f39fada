namespace PatchOperator.Contract.Images;

/// <summary>How a test of the image ended.</summary>
/// <param name="Name">The test's.</param>
/// <param name="Passed">Whether it exited with 0 in time.</param>
/// <param name="Message">Null when it passed; else its exit code, or that it took too long, and the end of what it printed.</param>
public sealed record ImageTestOutcome(string Name, bool Passed, string? Message);
