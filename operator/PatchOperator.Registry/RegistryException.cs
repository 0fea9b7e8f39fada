namespace PatchOperator.Registry;

/// <summary>A registry did not do what it was asked.</summary>
/// <param name="problem">What kind of problem, for a program.</param>
/// <param name="message">What was asked of which registry, and what it answered, for a person.</param>
/// <param name="inner">What it came from.</param>
public sealed class RegistryException(RegistryProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public RegistryProblem Problem => problem;
}
