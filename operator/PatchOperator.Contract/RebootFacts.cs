namespace PatchOperator.Contract;

/// <summary>Whether the host is to be rebooted, and why.</summary>
/// <param name="Required">Whether the host needs a reboot for what is installed to be what runs.</param>
/// <param name="Because">Why, a line each, for a person.</param>
public sealed record RebootFacts(bool Required, IReadOnlyList<string> Because);
