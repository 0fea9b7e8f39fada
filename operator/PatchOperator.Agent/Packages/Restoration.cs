using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>What separates a host from what it was before an operation.</summary>
/// <param name="Back">What was whole, and is not there any more or not whole.</param>
/// <param name="Gone">What was not there, and does not go by itself as another version takes its place.</param>
internal sealed record Restoration(IReadOnlyList<InstalledPackage> Back, IReadOnlyList<InstalledPackage> Gone)
{
    /// <summary>The names of packages that somebody else has changed since: they stay as they are.</summary>
    public IReadOnlyList<string> ChangedSince { get; private init; } = [];

    /// <summary>What should go, and stays as it is of the kernel that runs.</summary>
    public IReadOnlyList<InstalledPackage> Staying { get; private init; } = [];

    /// <summary>Whether nothing can be done, or need be.</summary>
    public bool IsNothing => Back.Count == 0 && Gone.Count == 0;

    /// <summary>
    /// Of what may be there in several versions side by side, as kernels, the new ones go; what had to make room for them does not come back. What was not
    /// whole is not brought back, and what took its place does not go.
    /// </summary>
    /// <param name="before">What was installed before the operation.</param>
    /// <param name="after">What was after it.</param>
    /// <param name="now">What is now: what has come since, or gone, or is neither as before nor as after, is not of the operation.</param>
    /// <param name="names">The packages that the operation has meant to change.</param>
    public static Restoration Of(
        IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, IReadOnlyList<InstalledPackage> now, IReadOnlySet<string> names)
    {
        var (was, came) = (before.ToLookup(package => package.Name), after.ToLookup(package => package.Name));
        var (here, whole, there) = (now.Select(Key).ToHashSet(), Whole(now), now.ToLookup(package => package.Name));
        var (back, gone, since) = (new List<InstalledPackage>(), new List<InstalledPackage>(), new List<string>());
        foreach (var name in was.Select(group => group.Key).Union(came.Select(group => group.Key)).Where(names.Contains))
        {
            if (!was[name].Any() || was[name].Select(Key).Intersect(Whole(came[name])).Any())
                gone.AddRange(came[name].Where(package => !was[name].Any(old => old.Version == package.Version) && here.Contains(Key(package))));
            else if (there[name].Any() ? !there[name].Select(Key).Intersect(was[name].Concat(came[name]).Select(Key)).Any() : came[name].Any())
                since.Add(name);
            else
                back.AddRange(was[name].Where(package => package.Complete && !whole.Contains(Key(package))));
        }

        return new Restoration(back, gone) { ChangedSince = since };
    }

    /// <summary>Without what belongs to the kernel that runs.</summary>
    public Restoration Without(IReadOnlyList<InstalledPackage> ofKernel) => this with { Gone = [.. Gone.Except(ofKernel)], Staying = ofKernel };

    public override string ToString() => string.Join(
        ", ",
        [
            .. Back.Select(package => $"{package.Name} {package.Version}"), .. Gone.Select(package => $"{package.Name} {package.Version} away"),
            .. Staying.Select(package => $"{package.Name} {package.Version} away, which is of the kernel that runs"),
        ]);

    /// <summary>Before anything is touched.</summary>
    /// <param name="program">What would do it.</param>
    /// <param name="installs">What it would install.</param>
    /// <param name="removals">What it would remove; of one without a version, whichever is there.</param>
    /// <param name="why">What it says of what it would leave out; empty for nothing.</param>
    /// <exception cref="StepFailureException">NotBroughtBack: it would change something that is not of this, or leave something out.</exception>
    public void ThrowIfOther(
        string program, IEnumerable<(string Name, string Version)> installs, IEnumerable<(string Name, string? Version)> removals, string why = "")
    {
        var coming = installs.ToHashSet();
        var others = coming.Except(Back.Select(Key)).Select(install => $"install {install.Name} {install.Version}")
            .Concat(removals.Where(removal => !Gone.Any(package => package.Name == removal.Name && package.Version == (removal.Version ?? package.Version)))
                .Select(removal => $"remove {removal.Name}{(removal.Version is null ? "" : " " + removal.Version)}"))
            .ToList();
        if (others.Count > 0)
            throw Failure($"to go back {program} would also {string.Join(", ", others)}");
        var left = Back.Where(package => !coming.Contains(Key(package))).Select(package => $"{package.Name} {package.Version}").ToList();
        if (left.Count > 0)
            throw Failure($"{program} would not install {string.Join(", ", left)}{(why.Length == 0 ? "" : $": {why}")}");
    }

    public static StepFailureException Failure(string why) =>
        new(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack, $"{why}; nothing was touched");

    private static HashSet<(string Name, string Version)> Whole(IEnumerable<InstalledPackage> packages) =>
        packages.Where(package => package.Complete).Select(Key).ToHashSet();

    private static (string Name, string Version) Key(InstalledPackage package) => (package.Name, package.Version);
}
