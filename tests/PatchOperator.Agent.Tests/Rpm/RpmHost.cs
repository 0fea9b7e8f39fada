using System.Xml.Linq;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>A host of rpm packages: a real root file system with the real package manager, and a real repository inside, <c>/repository</c>, with its advisories.</summary>
internal abstract class RpmHost : RealHost
{
    private const string Repository = "/repository";

    private static readonly RpmPackage Release = RpmPackage.AnRpm("test-release", "9.4-1").Provides("system-release = 9.4").Provides("/bin/sh");
    private static readonly Lazy<string> BuiltRelease = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("patch-operator-release-").FullName;
        Release.BuildIn(folder);
        return $"{folder}/{Release.FileName}";
    });

    protected RpmHost(BaseSystem system, string osRelease, bool onBtrfs = false)
        : base(system, onBtrfs)
    {
        File.Delete(PathOf("etc/os-release"));
        Write("etc/os-release", osRelease);
        // Debian keeps rpm's database elsewhere, as rpm is a guest there.
        Write("etc/rpm/macros", "%_dbpath /var/lib/rpm\n");
        if (onBtrfs)
            MoveDatabase();
        // Nothing that Debian has brought is in it: what scripts need, and what tells the release, come as a package.
        File.Copy(BuiltRelease.Value, PathOf($"/tmp/{Release.FileName}"));
        Run("rpm", "--install", $"/tmp/{Release.FileName}");
        Publish();
        AddRepository("test", Repository);
    }

    /// <summary>Names a repository to the package manager.</summary>
    protected abstract void AddRepository(string name, string path);

    /// <summary>Puts packages into the repository; advisories stay.</summary>
    public RpmHost Offer(params RpmPackage[] packages)
    {
        foreach (var package in packages)
            package.BuildIn(PathOf(Repository));
        return Publish();
    }

    /// <summary>Says of packages what they mend: replaces what was said before.</summary>
    public RpmHost Advise(params RpmAdvisory[] advisories)
    {
        Write("/updateinfo.xml", new XDocument(new XElement("updates", advisories.Select(advisory => advisory.Xml))).ToString());
        return Publish();
    }

    /// <summary>Takes a package out of the repository again.</summary>
    public RpmHost Withdraw(RpmPackage package)
    {
        File.Delete(PathOf($"{Repository}/{package.FileName}"));
        return Publish();
    }

    /// <summary>Says which packages belong to a stream of a module, which nobody has enabled yet.</summary>
    public RpmHost PublishModule(string name, string stream, params string[] packages)
    {
        File.AppendAllText(PathOf("/modules.yaml"), $"""
            ---
            document: modulemd
            version: 2
            data:
              name: {name}
              stream: "{stream}"
              version: 1
              context: 12345678
              arch: {Run("rpm", "--eval", "%{_target_cpu}").Trim()}
              summary: a test
              description: a test
              license:
                module: [none]
              artifacts:
                rpms: [{string.Join(", ", packages.Select(package => $"\"{package}\""))}]
            ...

            """);
        return Publish();
    }

    /// <summary>As the host's administrator would, from the repository: names, with their versions where an older one is wanted, as in <c>alpha-1.0-1</c>.</summary>
    public abstract RpmHost Install(params string[] packages);

    /// <summary>Version and release of all of a name that is installed, oldest first, each with a line feed.</summary>
    public string VersionsOf(string package) => Run("rpm", "-q", "--queryformat", "%{EVR}\n", package);

    /// <summary>To where snapshots of the root have it, as SUSE does.</summary>
    private void MoveDatabase()
    {
        Directory.CreateDirectory(PathOf("/usr/lib/sysimage/rpm"));
        Directory.Delete(PathOf("/var/lib/rpm"), recursive: true);
        File.CreateSymbolicLink(PathOf("/var/lib/rpm"), "../../usr/lib/sysimage/rpm");
    }

    private RpmHost Publish()
    {
        var folder = PathOf(Repository);
        Directory.CreateDirectory(folder);
        Shell.Run("createrepo_c", "--quiet", "--no-database", folder);
        foreach (var (kind, file) in new[] { ("updateinfo", PathOf("/updateinfo.xml")), ("modules", PathOf("/modules.yaml")) })
        {
            if (File.Exists(file))
                Shell.Run("modifyrepo_c", $"--mdtype={kind}", file, $"{folder}/repodata");
        }

        return this;
    }
}
