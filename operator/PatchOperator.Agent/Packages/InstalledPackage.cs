namespace PatchOperator.Agent.Packages;

/// <summary>A package that is on the host, wholly or in part.</summary>
/// <param name="Name">Its name; a foreign architecture is part of it, as in <c>libc6:i386</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="State">The package manager's word for its state; <see cref="Whole"/> when it is unpacked and configured.</param>
/// <param name="Held">Whether an administrator has put it on hold.</param>
/// <param name="Automatic">Whether it came as a dependency and may go when nothing needs it any more.</param>
/// <param name="SizeKiB">What it takes on disk, as its maker says, in KiB.</param>
internal sealed record InstalledPackage(string Name, string Version, string State, bool Held, bool Automatic, long SizeKiB)
{
    public const string Whole = "installed";

    public bool Complete => State == Whole;

    /// <summary>Whether its files are not all there, so that no configuration can finish it.</summary>
    public bool MustBeInstalledAgain => State.StartsWith("half-installed", StringComparison.Ordinal) || State.EndsWith(", reinstreq", StringComparison.Ordinal);
}
