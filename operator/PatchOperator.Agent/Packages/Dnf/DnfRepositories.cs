namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>The repositories that are enabled.</summary>
/// <param name="Known">Of these there is metadata on the host.</param>
/// <param name="Unread">The IDs of those of which there is none.</param>
internal sealed record DnfRepositories(IReadOnlyList<DnfRepository> Known, IReadOnlyList<string> Unread);
