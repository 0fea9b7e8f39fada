namespace PatchOperator.Contract.Images;

/// <summary>A repository of rpm packages.</summary>
/// <param name="Id">The name of its section and of its file.</param>
/// <param name="BaseUrl">An http or https URL, in which <c>$basearch</c> may stand.</param>
/// <param name="GpgCheck">Whether signatures are checked.</param>
public sealed record ImageRequestRepository(string Id, string BaseUrl, bool GpgCheck);
