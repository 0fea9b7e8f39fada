namespace PatchOperator.Contract;

/// <summary>What is installed on the host.</summary>
/// <param name="Packages">How many packages are installed.</param>
/// <param name="PatchLevel">sha256, in hexadecimal, of the sorted lines <c>name=version</c>: equal levels are equal software.</param>
public sealed record InstalledFacts(int Packages, string PatchLevel);
