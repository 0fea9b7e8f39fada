namespace PatchOperator.Contract;

/// <summary>An approved update that is installed at another version than was planned, see <see cref="FreezeMode"/>.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Planned">The version that was planned.</param>
/// <param name="Offered">The version that the host's archives offer in its place.</param>
public sealed record SubstitutedVersion(string Name, string Planned, string Offered);
