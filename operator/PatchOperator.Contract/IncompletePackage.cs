namespace PatchOperator.Contract;

/// <summary>A package whose files are on the host, but that the package manager does not call whole.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="State">
/// dpkg's word for it: <c>half-configured</c>, <c>unpacked</c>, <c>half-installed</c>, <c>triggers-pending</c>, <c>triggers-awaited</c>; with <c>,
/// reinstreq</c> where it must be installed again.
/// </param>
public sealed record IncompletePackage(string Name, string State);
