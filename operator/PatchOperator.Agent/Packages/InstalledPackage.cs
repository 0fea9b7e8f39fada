namespace PatchOperator.Agent.Packages;

/// <summary>A package that is on the host, wholly or in part.</summary>
/// <param name="Name">Its name; a foreign architecture is part of it, as in <c>libc6:i386</c>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Complete">Whether it is installed wholly: unpacked and configured.</param>
/// <param name="Held">Whether an administrator has put it on hold.</param>
/// <param name="Automatic">Whether it came as a dependency and may go when nothing needs it any more.</param>
/// <param name="SizeKiB">What it takes on disk, as its maker says, in KiB.</param>
internal sealed record InstalledPackage(string Name, string Version, bool Complete, bool Held, bool Automatic, long SizeKiB);
